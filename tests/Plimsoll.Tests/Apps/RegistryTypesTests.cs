using Plimsoll.Apps;
using Plimsoll.Registry;

namespace Plimsoll.Tests.Apps;

public sealed class RegistryTypesTests
{
    [Fact]
    public void Every_type_has_a_pace_hints_and_a_host_that_is_one()
    {
        RegistryTypes.All.ShouldBe(["generic", "docker-hub", "ghcr", "gitea", "gitlab", "harbor", "quay", "ecr"], ignoreOrder: true);
        RegistryTypes.Known.ShouldAllBe(type => type.Pace.Concurrency >= 1 && type.Pace.RequestsPerSecond > 0 && type.Pace.Burst >= 1);
        RegistryTypes.Known.ShouldAllBe(type => type.UsernameHint.Length > 0 && type.TokenHint.Length > 0);
        RegistryTypes.Known.Where(type => type.Host is not null).ShouldAllBe(type => RegistryAddress.Problem(type.Host!) == null);
        RegistryTypes.Known.ShouldAllBe(type => Validation.Of(new RegistryEntry { Name = "r", Host = type.Host ?? "r.example.org", Type = type.Name }).Count == 0);
    }

    [Theory]
    [InlineData("docker.io", "docker-hub")]
    [InlineData("ghcr.io", "ghcr")]
    [InlineData("quay.io", "quay")]
    [InlineData("123456789012.dkr.ecr.eu-central-1.amazonaws.com", "ecr")]
    [InlineData("public.ecr.aws", "generic")]
    [InlineData("localhost:5000", "generic")]
    public void A_host_that_nobody_described_has_the_type_of_its_name(string host, string type) => RegistryTypes.OfHost(host).Name.ShouldBe(type);

    [Fact]
    public void Where_the_token_server_may_be_follows_the_type_until_a_person_says_otherwise()
    {
        var gitea = new RegistryEntry { Name = "g", Host = "git.example.org", Type = "gitea" };
        gitea.WithoutCredential().TokenServer.ShouldBe("git.example.org");
        (gitea with { RealmHost = "10.0.0.5:3000" }).WithoutCredential().TokenServer.ShouldBe("10.0.0.5:3000");
        (gitea with { Type = "ghcr" }).WithoutCredential().TokenServerIsRegistry.ShouldBeTrue();
        (gitea with { Type = "gitlab" }).WithoutCredential().ShouldBe(RegistryAccess.Anonymous);
    }

    [Fact]
    public void A_pace_of_ones_own_goes_before_that_of_the_type()
    {
        var hub = new RegistryEntry { Name = "hub", Host = "docker.io", Type = "docker-hub" };
        hub.Pace.ShouldBe(new RegistryPace(8, 10, 50));
        (hub with { Concurrency = 2 }).Pace.ShouldBe(new RegistryPace(2, 10, 50));
        (hub with { RequestsPerSecond = 0.5 }).Pace.ShouldBe(new RegistryPace(8, 0.5, 2));
    }

    [Theory]
    [InlineData("AKIA", "secret", null, true)]
    [InlineData("AWS", "password", null, false)]
    [InlineData(null, "password", null, false)]
    [InlineData("AKIA", null, null, false)]
    public void An_access_key_fetches_passwords_and_a_password_is_one(string? user, string? token, string? region, bool fetches)
    {
        var entry = new RegistryEntry { Name = "aws", Host = "mirror.example.org", Type = "ecr", Username = user, Token = token, AwsRegion = region };
        entry.FetchesFromAmazon.ShouldBe(fetches);
        Validation.Of(entry).ContainsKey("awsRegion").ShouldBe(fetches);
        Validation.Of(entry with { AwsRegion = "eu-central-1" }).ShouldBeEmpty();
        Validation.Of(entry with { AwsRegion = "x.evil.example/" }).ShouldContainKey("awsRegion");
    }
}
