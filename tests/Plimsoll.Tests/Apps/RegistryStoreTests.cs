using Plimsoll.Apps;
using Plimsoll.Tests.Apps.Support;

namespace Plimsoll.Tests.Apps;

public sealed class RegistryStoreTests
{
    [Fact]
    public async Task Credentials_are_only_ever_those_of_the_images_own_host()
    {
        await using var apps = await AppsStore.CreateAsync();
        var token = TestContext.Current.CancellationToken;
        var ghcr = (await apps.RegistryChanges.AddAsync(new RegistryEntry { Name = "ghcr", Host = "ghcr.io", Token = "a" }, token)).Value!;
        var second = (await apps.RegistryChanges.AddAsync(new RegistryEntry { Name = "ghcr-two", Host = "ghcr.io", Token = "b" }, token)).Value!;

        apps.Registries.For("ghcr.io", second.Id)!.Token.ShouldBe("b");
        apps.Registries.For("ghcr.io", null)!.Token.ShouldBe("a");
        apps.Registries.For("docker.io", ghcr.Id).ShouldBeNull();
        apps.Registries.For("ghcr.io", 99)!.Token.ShouldBe("a");
    }
}
