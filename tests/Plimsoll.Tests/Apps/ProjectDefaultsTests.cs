using Plimsoll.Apps;
using Plimsoll.Registry;

namespace Plimsoll.Tests.Apps;

public sealed class ProjectDefaultsTests
{
    private static readonly Digest Any = Digest.OfBytes("image"u8);

    [Theory]
    [InlineData("v1.2.3", "rel", "v*")]
    [InlineData("v1.2", "rel", "v*")]
    [InlineData("1.2.3-rc1", "rel", "*.*")]
    [InlineData("dev-abc123", "dev", "dev-*")]
    [InlineData("Feature-x", "feature", "Feature-*")]
    [InlineData("latest", "dev", "latest")]
    [InlineData("20240101", "dev", "20240101")]
    public void The_tag_decides_the_stage(string tag, string stage, string pattern)
    {
        var (_, made) = ProjectDefaults.From(ImageReference.Parse($"ghcr.io/acme/shop:{tag}"), Image(), []);
        made.Name.ShouldBe(stage);
        made.TagPattern.ShouldBe(pattern);
        made.AutoDeploy.ShouldBeTrue();
        new TagPattern(made.TagPattern).Matches(tag).ShouldBeTrue();
    }

    [Fact]
    public void The_smallest_exposed_port_and_a_path_from_a_label_are_taken()
    {
        var image = Image() with { ExposedTcpPorts = [8080, 9090], Labels = new Dictionary<string, string> { ["plimsoll.health-path"] = "/health" } };
        var (project, _) = ProjectDefaults.From(ImageReference.Parse("nginx:1"), image, []);
        project.Port.ShouldBe(8080);
        project.HealthPath.ShouldBe("/health");
        project.Repository.ShouldBe("docker.io/library/nginx");
        project.AutoCreated.ShouldBeTrue();
    }

    [Theory]
    [InlineData("health")]
    [InlineData("//elsewhere.example.org/")]
    [InlineData("/a b")]
    [InlineData("")]
    public void A_label_that_is_no_path_is_passed_over(string label)
    {
        var image = Image() with { Labels = new Dictionary<string, string> { ["plimsoll.health-path"] = label } };
        ProjectDefaults.From(ImageReference.Parse("nginx:1"), image, []).Project.HealthPath.ShouldBeNull();
    }

    [Fact]
    public void A_taken_name_is_counted_on()
    {
        Name("ghcr.io/acme/shop", "shop").ShouldBe("shop-2");
        Name("ghcr.io/acme/shop", "shop", "shop-2").ShouldBe("shop-3");
    }

    [Theory]
    [InlineData("ghcr.io/acme/my_app")]
    [InlineData("ghcr.io/acme/123")]
    [InlineData("ghcr.io/acme/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void Whatever_the_repository_is_called_the_project_passes_validation(string repository)
    {
        var first = Name(repository);
        var second = Name(repository, first);
        second.ShouldNotBe(first);
        Names.Problem(first).ShouldBeNull(first);
        Names.Problem(second).ShouldBeNull(second);
    }

    private static string Name(string repository, params string[] taken) =>
        ProjectDefaults.From(ImageReference.Parse(repository + ":latest"), Image(), taken).Project.Name;

    private static ImageConfiguration Image() => new() { ManifestDigest = Any, ResolvedDigest = Any };
}
