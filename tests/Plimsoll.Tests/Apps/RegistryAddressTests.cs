using Plimsoll.Apps;

namespace Plimsoll.Tests.Apps;

public sealed class RegistryAddressTests
{
    [Theory]
    [InlineData("https://git.example.org", "git.example.org")]
    [InlineData("https://git.example.org/", "git.example.org")]
    [InlineData("http://registry.lan:5000", "registry.lan:5000")]
    [InlineData("HTTPS://GHCR.io", "ghcr.io")]
    [InlineData(" ghcr.io ", "ghcr.io")]
    [InlineData("localhost:5000", "localhost:5000")]
    [InlineData("localhost", "localhost")]
    [InlineData("https://index.docker.io/v1/", "docker.io")]
    [InlineData("registry-1.docker.io", "docker.io")]
    [InlineData("docker.io", "docker.io")]
    [InlineData("https://quay.io/v2/", "quay.io")]
    public void What_people_paste_becomes_the_host_of_image_references(string pasted, string host)
    {
        RegistryAddress.Canonical(pasted).ShouldBe(host);
        RegistryAddress.Problem(host).ShouldBeNull();
    }

    [Theory]
    [InlineData("", "is needed")]
    [InlineData("gitea", "is not a registry's host")]
    [InlineData("https://ghcr.io/acme", "without a path")]
    [InlineData("ghcr.io:70000", "is not a registry's host")]
    [InlineData("ghcr.io@sha256:aa", "fields of their own")]
    [InlineData("gh cr.io", "is not a registry's host")]
    public void What_is_no_host_is_refused_with_a_sentence(string pasted, string part) =>
        RegistryAddress.Problem(RegistryAddress.Canonical(pasted)).ShouldNotBeNull().ShouldContain(part);

    [Fact]
    public void A_password_in_the_address_is_refused_and_not_repeated() =>
        RegistryAddress.Problem(RegistryAddress.Canonical("https://me:hunter2@ghcr.io")).ShouldNotBeNull().ShouldNotContain("hunter2");
}
