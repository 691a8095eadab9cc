using System.Text.Json.Nodes;
using Plimsoll.Docker;

namespace Plimsoll.Tests.Docker;

public sealed class ImageDetailsTests
{
    [Fact]
    public void An_image_tells_its_tcp_ports_and_whether_it_checks_its_health()
    {
        var image = new ImageDetails((JsonObject)JsonNode.Parse(
            """{"Id":"sha256:aa","Config":{"ExposedPorts":{"8080/tcp":{},"53/udp":{},"80":{},"/tcp":{}},"Healthcheck":{"Test":["CMD-SHELL","true"]},"Labels":null}}""")!);

        image.ExposedTcpPorts.ShouldBe([80, 8080]);
        image.HasHealthCheck.ShouldBeTrue();
        image.Labels.ShouldBeEmpty();
        image.RepoTags.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("nginx", "sha256:aa")]
    [InlineData("docker.io/library/nginx", "sha256:aa")]
    [InlineData("docker.io/org/app", "sha256:bb")]
    [InlineData("ghcr.io/library/nginx", "sha256:cc")]
    [InlineData("library/nginx", null)]
    public void A_digest_is_found_by_the_full_and_the_short_name_of_its_repository(string repository, string? digest) =>
        new ImageDetails((JsonObject)JsonNode.Parse(
            """{"RepoDigests":["nginx@sha256:aa","org/app@sha256:bb","ghcr.io/library/nginx@sha256:cc"]}""")!).DigestIn(repository).ShouldBe(digest);
}
