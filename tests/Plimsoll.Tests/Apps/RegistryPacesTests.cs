using Plimsoll.Apps;
using Plimsoll.Registry;
using Plimsoll.Tests.Apps.Support;

namespace Plimsoll.Tests.Apps;

public sealed class RegistryPacesTests
{
    [Fact]
    public async Task The_pace_of_an_entry_counts_at_once_and_the_slowest_of_a_host_goes_first()
    {
        await using var apps = await AppsStore.CreateAsync();
        var token = TestContext.Current.CancellationToken;
        var paces = new RegistryPaces(apps.Registries, apps.Changes);
        paces.Of("docker.io").ShouldBe(new RegistryPace(8, 10, 50));
        paces.Of("r.lan:5000").ShouldBe(new RegistryPace(24, 50, 250));
        await apps.RegistryChanges.AddAsync(new RegistryEntry { Name = "a", Host = "r.lan:5000", RequestsPerSecond = 5 }, token);
        paces.Of("r.lan:5000").ShouldBe(new RegistryPace(24, 5, 25));
        await apps.RegistryChanges.AddAsync(new RegistryEntry { Name = "b", Host = "r.lan:5000", Concurrency = 2 }, token);
        paces.Of("r.lan:5000").ShouldBe(new RegistryPace(2, 5, 25));
    }
}
