namespace Plimsoll.Plumbing.Cli.Printing;

/// <summary>What a text is about, which a terminal shows as its colour.</summary>
internal enum Mood
{
    Neutral,
    Good,
    Doubtful,
    Bad,
}
