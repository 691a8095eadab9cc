namespace Plimsoll.Deployments;

/// <summary>The labels on everything Plimsoll makes on the engine. What does not carry them is not Plimsoll's to touch (invariant 6).</summary>
internal static class Labels
{
    public const string Project = "plimsoll.project";
    public const string Stage = "plimsoll.stage";
    public const string Instance = "plimsoll.instance";
    public const string Deployment = "plimsoll.deployment";
    public const string Tag = "plimsoll.tag";
    public const string Digest = "plimsoll.digest";

    /// <summary>Which Plimsoll made it: two of them may share an engine (docs/decisions/0003).</summary>
    public const string Installation = "plimsoll.installation";
}
