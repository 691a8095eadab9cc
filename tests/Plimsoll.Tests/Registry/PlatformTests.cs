using Plimsoll.Registry;

namespace Plimsoll.Tests.Registry;

public sealed class PlatformTests
{
    [Theory]
    [InlineData("linux", "x86_64", null, "linux/amd64")]
    [InlineData("Linux", "AMD64", "", "linux/amd64")]
    [InlineData("linux", "amd64", "v1", "linux/amd64")]
    [InlineData("linux", "amd64", "v3", "linux/amd64/v3")]
    [InlineData("linux", "aarch64", null, "linux/arm64/v8")]
    [InlineData("linux", "arm64", "8", "linux/arm64/v8")]
    [InlineData("linux", "armv7l", null, "linux/arm/v7")]
    [InlineData("linux", "armv6l", null, "linux/arm/v6")]
    [InlineData("linux", "arm", null, "linux/arm/v7")]
    [InlineData("linux", "i686", null, "linux/386")]
    [InlineData("linux", "ppc64le", null, "linux/ppc64le")]
    public void Every_spelling_becomes_the_registries_own(string system, string architecture, string? variant, string expected) =>
        new Platform(system, architecture, variant).ToString().ShouldBe(expected);

    [Fact]
    public void Two_spellings_of_one_platform_are_equal() =>
        new Platform("linux", "aarch64", null).ShouldBe(new Platform("linux", "arm64", "v8"));
}
