namespace Plimsoll.Plumbing.Cli.Commands;

/// <summary>A stage as it is typed: <c>shop/dev</c>, or <c>shop</c> for the only stage of a project.</summary>
internal sealed record StageName(string Project, string? Stage)
{
    /// <param name="option">The value of --stage.</param>
    /// <exception cref="CommandFailedException">It cannot be read as a stage.</exception>
    public static StageName Parse(string text, string? option)
    {
        if (text.Split('/') is not ([{ Length: > 0 }] or [{ Length: > 0 }, { Length: > 0 }]))
        {
            throw new CommandFailedException(ExitCode.Problem, $"'{text}' is not a project. Write it like shop, or with its stage like shop/dev.");
        }

        var parts = text.Split('/');
        var stage = parts.Length == 2 ? parts[1] : null;
        return stage is null || option is null || stage == option
            ? new StageName(parts[0], stage ?? option)
            : throw new CommandFailedException(ExitCode.Problem, $"Two stages are named, {stage} and {option}. Leave one of them out.");
    }

    public override string ToString() => Stage is null ? Project : $"{Project}/{Stage}";
}
