namespace Plimsoll.Plumbing.Cli.Doctor;

/// <summary>What one check found, and what to do about it.</summary>
internal sealed record Finding(string Check, Mark Mark, string Text, string? Advice = null)
{
    public static Finding Ok(string check, string text) => new(check, Mark.Ok, text);

    public static Finding Note(string check, string text, string? advice = null) => new(check, Mark.Note, text, advice);

    public static Finding Problem(string check, string text, string? advice = null) => new(check, Mark.Problem, text, advice);
}
