using Plimsoll.Deployments;
using Plimsoll.Deployments.Images;
using Plimsoll.Docker;
using Plimsoll.Registry;

namespace Plimsoll.Tests.Deployments.Images;

/// <summary>Stage 1 deployed the images 1, 2, 3 … of one repository, in this order; stage 2 is another stage of the same project.</summary>
public sealed class ImageRetentionTests
{
    private const string Repository = "registry.example.com/web";

    [Fact]
    public void Beyond_the_rollback_targets_images_can_go() =>
        Unneeded(Facts(5, keep: 2)).ShouldBe([1, 2, 3]);

    [Fact]
    public void Only_successes_are_rollback_targets()
    {
        var facts = Facts(3, keep: 2);
        Unneeded(facts with { Deployed = [.. facts.Deployed, Deployed(4, DeploymentState.RolledBack), Deployed(5, DeploymentState.Failed)], Images = [.. Enumerable.Range(1, 5).Select(Image)] })
            .ShouldBe([1, 4, 5]);
    }

    [Fact]
    public void A_version_that_was_deployed_again_counts_by_its_newest_deployment()
    {
        var facts = Facts(4, keep: 2);
        Unneeded(facts with { Deployed = [.. facts.Deployed, Deployed(1) with { Sequence = 9 }] }).ShouldBe([2, 3]);
    }

    [Fact]
    public void What_another_stage_can_go_back_to_stays()
    {
        var facts = Facts(4, keep: 1);
        Unneeded(facts with { Deployed = [.. facts.Deployed, Deployed(2) with { StageId = 2 }] }).ShouldBe([1, 3]);
    }

    [Fact]
    public void What_another_stage_brought_is_its_own_to_remove()
    {
        var facts = Facts(2, keep: 1);
        Unneeded(facts with { Deployed = [.. facts.Deployed, Deployed(8) with { StageId = 2 }, Deployed(9) with { StageId = 2 }], Images = [Image(1), Image(2), Image(8), Image(9)] })
            .ShouldBe([1]);
    }

    [Fact]
    public void What_is_being_deployed_stays()
    {
        var facts = Facts(4, keep: 1);
        Unneeded(facts with { Deployed = [.. facts.Deployed, Deployed(2, DeploymentState.Queued) with { Sequence = 9 }] }).ShouldBe([1, 3]);
    }

    [Fact]
    public void What_an_instance_runs_stays_even_without_a_container()
    {
        var facts = Facts(4, keep: 1);
        Unneeded(facts with { OfInstances = [Name(2)] }).ShouldBe([1, 3]);
    }

    [Fact]
    public void What_any_container_uses_stays_by_id_or_by_name()
    {
        var facts = Facts(4, keep: 1);
        Unneeded(facts with { Containers = [Container("anything", "id-1"), Container($"{Repository}@{DigestOf(2)}", "id-of-an-index")] }).ShouldBe([3]);
    }

    [Fact]
    public void A_tagged_image_is_somebody_elses()
    {
        var facts = Facts(3, keep: 1);
        Unneeded(facts with { Images = [Image(1) with { RepoTags = ["mine:latest"] }, Image(2), Image(3)] }).ShouldBe([2]);
    }

    [Fact]
    public void An_image_that_has_a_second_name_nobody_deployed_stays()
    {
        var facts = Facts(3, keep: 1);
        var twoNames = Image(1) with { RepoDigests = [$"{Repository}@{DigestOf(1)}", $"elsewhere.example.com/copy@{DigestOf(1)}"] };
        Unneeded(facts with { Images = [twoNames, Image(2), Image(3)] }).ShouldBe([2]);
    }

    [Fact]
    public void An_image_of_a_project_that_was_deleted_is_left_alone() =>
        Unneeded(Facts(3, keep: 1) with { Repositories = [] }).ShouldBeEmpty();

    [Fact]
    public void An_image_nobody_deployed_is_left_alone() =>
        Unneeded(Facts(2, keep: 1) with { Images = [Image(1), Image(2), Image(77)] }).ShouldBe([1]);

    [Fact]
    public void Docker_hub_images_are_known_by_their_short_names()
    {
        var name = new ImageName("docker.io/library/nginx", DigestOf(1));
        var facts = Facts(0, keep: 1) with
        {
            Deployed = [new DeployedImage(1, name, DeploymentState.Failed, 1)],
            Images = [Image(1) with { RepoDigests = [$"nginx@{DigestOf(1)}"] }],
            Repositories = [name.Repository],
        };
        Unneeded(facts).ShouldBe([1]);
        Unneeded(facts with { Containers = [Container($"nginx@{DigestOf(1)}", "another-id")] }).ShouldBeEmpty();
    }

    private static ImageFacts Facts(int deployed, int keep) => new()
    {
        Images = [.. Enumerable.Range(1, deployed).Select(Image)],
        Containers = [],
        Deployed = [.. Enumerable.Range(1, deployed).Select(number => Deployed(number))],
        OfInstances = [],
        Repositories = [Repository],
        KeepDeployments = keep,
    };

    private static IEnumerable<int> Unneeded(ImageFacts facts) =>
        ImageRetention.Unneeded(1, facts).Select(image => int.Parse(image.Id["id-".Length..], System.Globalization.CultureInfo.InvariantCulture)).Order();

    private static DeployedImage Deployed(int number, DeploymentState state = DeploymentState.Succeeded) => new(1, Name(number), state, number);

    private static ImageName Name(int number) => new(Repository, DigestOf(number));

    private static Digest DigestOf(int number) => Digest.OfBytes([(byte)number]);

    private static ImageSummary Image(int number) =>
        new($"id-{number}", [], [$"{Repository}@{DigestOf(number)}"], 1, DateTimeOffset.UnixEpoch, new Dictionary<string, string>());

    private static ContainerSummary Container(string image, string imageId) =>
        new("c", "somebody", image, imageId, "running", "Up", DateTimeOffset.UnixEpoch, new Dictionary<string, string>(), new Dictionary<string, string>());
}
