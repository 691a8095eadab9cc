using System.Text.Json;
using Plimsoll.Apps;
using Plimsoll.Deployments;
using Plimsoll.Tests.Support;

namespace Plimsoll.Tests.Deployments;

public sealed class SnapshotTests
{
    private static readonly Project Then = Given.Project with
    {
        Environment = new Dictionary<string, string> { ["A"] = "then" },
        Port = 8080,
        HealthPath = "/then",
        Health = new HealthProof(StartSeconds: 20, IntervalSeconds: 2, TimeoutSeconds: 3, Successes: 4, Status: "204", DeadlineSeconds: 90),
    };

    private static readonly Stage StageThen = Given.Stage with { Subdomain = "then", MemoryLimit = 64, CpuLimit = 0.5m, StopSeconds = 7 };

    [Fact]
    public void Everything_a_container_is_made_and_judged_with_comes_back()
    {
        var (project, stage) = Read(Written(Snapshot.Of(Then, StageThen))).Over(Given.Project, Given.Stage);

        project.Environment.ShouldBe(Then.Environment);
        (project with { Environment = Then.Environment }).ShouldBe(Then);
        stage.ShouldBe(StageThen with { StopSeconds = 0 }, "how long a container may take to stop is about the one that goes");
    }

    [Fact]
    public void What_an_older_snapshot_does_not_have_was_not_there_then()
    {
        var (project, stage) = Read("""{"environment":{},"port":80,"healthPath":"/up","subdomain":null}""").Over(Then, StageThen);

        project.HealthPath.ShouldBe("/up");
        project.Health.ShouldBe(new HealthProof());
        (stage.MemoryLimit, stage.CpuLimit).ShouldBe((0, 0m));
    }

    [Fact]
    public void A_gate_that_was_written_in_part_has_the_defaults_for_the_rest() =>
        Read("""{"environment":{},"port":80,"health":{"successes":3}}""").Health.ShouldBe(new HealthProof(Successes: 3));

    private static string Written(Snapshot snapshot) => JsonSerializer.Serialize(snapshot, DeploymentsJson.Default.Snapshot);

    private static Snapshot Read(string text) => JsonSerializer.Deserialize(text, DeploymentsJson.Default.Snapshot)!;
}
