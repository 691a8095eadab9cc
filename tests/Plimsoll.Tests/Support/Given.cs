using Plimsoll.Apps;
using Plimsoll.Candidates;
using Plimsoll.Decisions;
using Plimsoll.Deployments;
using Plimsoll.Registry;

namespace Plimsoll.Tests.Support;

/// <summary>Values that most tests begin with.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Now = new(2026, 5, 1, 3, 0, 0, TimeSpan.Zero);

    public static readonly Project Project = new() { Id = 1, Name = "shop", Repository = "registry.example.org/acme/shop" };

    public static readonly Stage Stage = new() { Id = 7, ProjectId = 1, Name = "rel", TagPattern = "v*", AutoDeploy = true };

    public static Digest Digest(string seed) => Plimsoll.Registry.Digest.OfBytes(System.Text.Encoding.UTF8.GetBytes(seed));

    public static Artifact Artifact(string tag, string? content = null) => new(Project.Repository, tag, Digest(content ?? tag));

    public static Candidate Candidate(string tag, CandidateTrigger trigger = CandidateTrigger.Webhook) =>
        new() { Artifact = Artifact(tag), Trigger = trigger, RequestedBy = "somebody" };

    public static StageFacts Facts(Stage? stage = null) => new() { Project = Project, Stage = stage ?? Stage };

    public static Deployment Deployment(DeploymentState state, DateTimeOffset? deadline = null) => new()
    {
        Id = "abcdefghjk",
        StageId = Stage.Id,
        Artifact = Artifact("v2"),
        Trigger = "webhook",
        RequestedBy = "somebody",
        State = state,
        StateDeadline = deadline,
    };

    public static Instance Instance(string id, string tag, Standing standing, long sequence) => new()
    {
        Id = id,
        StageId = Stage.Id,
        ContainerName = id,
        Repository = Project.Repository,
        Tag = tag,
        Digest = Digest(tag),
        Standing = standing,
        Sequence = sequence,
    };
}
