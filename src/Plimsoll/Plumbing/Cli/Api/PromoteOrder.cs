namespace Plimsoll.Plumbing.Cli.Api;

/// <summary>Asks for a promotion to a stage.</summary>
internal sealed record PromoteOrder(bool Confirm);
