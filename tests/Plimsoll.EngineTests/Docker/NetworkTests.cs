using System.Net;
using Plimsoll.Docker;

namespace Plimsoll.EngineTests.Docker;

public sealed class NetworkTests(DockerFixture docker) : IClassFixture<DockerFixture>
{
    private static readonly Dictionary<string, string> Labels = new() { ["plimsoll-test"] = "network" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private NetworkOperations Networks => docker.Engine.Networks;

    [Fact]
    public async Task Many_callers_that_need_a_network_at_once_get_the_same_one()
    {
        var name = docker.NewName();

        var networks = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Networks.EnsureAsync(name, Labels, Token)));

        networks.Select(network => network.Id).Distinct().ShouldHaveSingleItem();
        (await Networks.ListAsync(Token)).Count(network => network.Name == name).ShouldBe(1);
        networks[0].Labels.ShouldBe(Labels);
        networks[0].Subnets.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_container_is_found_by_its_alias_while_it_is_connected()
    {
        var network = await Networks.EnsureAsync(docker.NewName(), Labels, Token);
        var server = await docker.StartAsync(docker.Running() with { Network = network.Name, NetworkAliases = ["first"] });
        var other = await Networks.EnsureAsync(docker.NewName(), Labels, Token);

        await Networks.ConnectAsync(other.Name, server, ["second"], Token);
        await Should.ThrowAsync<DockerConflictException>(Networks.ConnectAsync(other.Name, server, ["second"], Token));
        var connected = await docker.Engine.Containers.InspectAsync(server, Token);
        connected.AddressOn(network.Name).ShouldNotBeNull();
        connected.Networks[other.Name].Aliases.ShouldContain("second");
        (await Networks.InspectAsync(other.Id, Token)).ContainerIds.ShouldBe([server]);
        (await docker.Engine.Containers.ListAsync(new ContainerFilter { Names = [connected.Name] }, Token)).Single()
            .Addresses.Keys.ShouldBe([network.Name, other.Name], ignoreOrder: true);
        (await Should.ThrowAsync<DockerConflictException>(Networks.RemoveAsync(other.Name, Token))).Message.ShouldContain(other.Name);

        await Networks.DisconnectAsync(other.Name, server, force: false, Token);
        await Networks.DisconnectAsync(other.Name, server, force: false, Token);
        (await docker.Engine.Containers.InspectAsync(server, Token)).Networks.Keys.ShouldBe([network.Name]);
        await Networks.RemoveAsync(other.Id, Token);
        await Networks.RemoveAsync(other.Id, Token);
        (await Networks.FindAsync(other.Name, Token)).ShouldBeNull();
    }

    [Fact]
    public async Task A_container_is_created_in_several_networks_and_a_missing_one_fails_its_start()
    {
        var first = await Networks.EnsureAsync(docker.NewName(), Labels, Token);
        var second = await Networks.EnsureAsync(docker.NewName(), Labels, Token);
        var wanted = docker.Running() with
        {
            Network = first.Name, NetworkAliases = ["a"], FurtherNetworks = [new NetworkJoin(second.Name, ["b"])],
        };

        var id = await docker.StartAsync(wanted);
        var container = await docker.Engine.Containers.InspectAsync(id, Token);
        container.Networks[first.Name].Aliases.ShouldContain("a");
        container.Networks[second.Name].Aliases.ShouldContain("b");

        var failing = wanted with { Name = docker.NewName(), FurtherNetworks = [new NetworkJoin(docker.Prefix + "-missing", [])] };
        var fault = await Should.ThrowAsync<DockerNotFoundException>(docker.StartAsync(failing));
        fault.Attempt.ShouldBe("start");
        fault.Message.ShouldContain("-missing");
    }

    [Fact]
    public async Task A_port_published_without_a_number_gets_one_that_answers()
    {
        var network = await Networks.EnsureAsync(docker.NewName(), Labels, Token);
        var wanted = docker.Running("mkdir /www; echo hello > /www/index.html; exec httpd -f -p 8080 -h /www") with
        {
            Network = network.Name, PublishedPorts = [new PublishedPort(8080, HostAddress: "127.0.0.1")],
        };
        var id = await docker.Engine.Containers.CreateAsync(wanted, Token);
        (await docker.Engine.Containers.FindPublishedPortAsync(id, 8080, Token)).ShouldBeNull();
        await docker.Engine.Containers.StartAsync(id, Token);

        var port = (await docker.Engine.Containers.FindPublishedPortAsync(id, 8080, Token)).ShouldNotBeNull();

        (await docker.Engine.Containers.FindPublishedPortAsync(id, 8081, Token)).ShouldBeNull();
        var address = (await docker.Engine.Containers.InspectAsync(id, Token)).AddressOn(network.Name).ShouldNotBeNull();
        IPAddress.TryParse(address, out _).ShouldBeTrue();
        (await GetAsync($"http://{address}:8080/")).ShouldBe("hello\n");
        (await GetAsync($"http://127.0.0.1:{port}/")).ShouldBe("hello\n");
    }

    private static async Task<string> GetAsync(string address)
    {
        using var client = new HttpClient();
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await client.GetStringAsync(address, Token);
            }
            catch (HttpRequestException) when (attempt < 50)
            {
                // The server in the container is still starting.
                await Task.Delay(50, Token);
            }
        }
    }
}
