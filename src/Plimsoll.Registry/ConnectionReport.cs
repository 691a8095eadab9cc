namespace Plimsoll.Registry;

/// <summary>The outcome of trying a registry, made to be shown as it is.</summary>
/// <param name="Registry">The canonical name of the registry that was tried.</param>
/// <param name="FailedStep">The first step that did not work; null when all did.</param>
/// <param name="Sentence">What happened, for a person.</param>
/// <param name="Address">Where it answered; null when it did not.</param>
public sealed record ConnectionReport(string Registry, ConnectionStep? FailedStep, string Sentence, Uri? Address)
{
    /// <summary>Whether every step worked.</summary>
    public bool Succeeded => FailedStep is null;

    /// <summary>A credential was given and the registry accepted it.</summary>
    public bool SignedIn { get; init; }
}
