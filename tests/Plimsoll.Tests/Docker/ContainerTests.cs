using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Plimsoll.Docker;

namespace Plimsoll.Tests.Docker;

public sealed class ContainerTests
{
    private const string Id = "cafe1234567890abcdef1234567890abcdef1234567890abcdef1234567890ab";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("1.41")]
    [InlineData("1.43")]
    public async Task An_engine_that_takes_one_network_at_creation_gets_the_others_afterwards(string version)
    {
        await using var server = await Creating(version);
        server.On("POST", "/networks/back/connect", 200, "");
        await using var client = server.Connect();

        (await client.Containers.CreateAsync("web", TwoNetworks(), Token)).ShouldBe(Id);

        var created = JsonNode.Parse(server.Requests.Single(request => request.Path == "/containers/create").Body)!;
        created["NetworkingConfig"]!["EndpointsConfig"]!.ToJsonString().ShouldBe("""{"front":{"Aliases":["web"]}}""");
        var connected = JsonNode.Parse(server.Requests.Last().Body)!;
        connected.ToJsonString().ShouldBe("{\"Container\":\"" + Id + "\",\"EndpointConfig\":{\"IPAMConfig\":{\"IPv4Address\":\"10.0.0.7\"}}}");
    }

    [Fact]
    public async Task A_newer_engine_gets_all_networks_at_once()
    {
        await using var server = await Creating("1.44");
        await using var client = server.Connect();

        await client.Containers.CreateAsync("web", TwoNetworks(), Token);

        var created = JsonNode.Parse(server.Requests.Last().Body)!;
        JsonNode.DeepEquals(created, TwoNetworks()).ShouldBeTrue();
    }

    [Fact]
    public async Task A_container_that_can_not_be_connected_is_removed_again()
    {
        await using var server = await Creating("1.41");
        server.On("POST", "/networks/back/connect", 404, """{"message":"network back not found"}""");
        server.On("DELETE", $"/containers/{Id}", 204, "");
        await using var client = server.Connect();

        var fault = await Should.ThrowAsync<DockerNotFoundException>(client.Containers.CreateAsync("web", TwoNetworks(), Token));

        fault.Subject.ShouldBe("network \"back\"");
        server.Requests.Last().ShouldBe(server.Requests.Last() with { Method = "DELETE", Path = $"/containers/{Id}" });
    }

    [Fact]
    public async Task A_document_is_sent_with_every_field_known_here_or_not()
    {
        await using var server = await Creating("1.41");
        await using var client = server.Connect();
        const string Body = """{"Image":"app:1","FutureField":{"a":[1,2.50,null]},"HostConfig":{"NetworkMode":"front","Unheard":18446744073709551615}}""";

        await client.Containers.CreateAsync("web", (JsonObject)JsonNode.Parse(Body)!, Token);

        server.Requests.Last().Body.ShouldBe(Body);
        server.Requests.Last().Parameter("name").ShouldBe("web");
    }

    [Fact]
    public void A_specification_says_what_the_engine_understands()
    {
        var body = ContainerBody.From(new ContainerSpecification
        {
            Name = "web",
            Image = "app:1",
            Environment = new Dictionary<string, string> { ["A"] = "b=c" },
            Labels = new Dictionary<string, string> { ["l"] = "m" },
            ExposedPorts = [9000],
            PublishedPorts = [new PublishedPort(80), new PublishedPort(53, 5353, "127.0.0.1", "udp")],
            Network = "front",
            NetworkAliases = ["www"],
            RestartPolicy = "on-failure:3",
            Mounts = [new ContainerMount(MountKind.Volume, "data", "/data"), new ContainerMount(MountKind.Tmpfs, null, "/tmp") { SizeBytes = 5 }],
            MemoryBytes = 1024,
            Cpus = 1.5m,
            Command = ["run"],
            StopTimeout = TimeSpan.FromMilliseconds(1500),
            HealthCheck = new HealthCheck(["CMD", "true"], Interval: TimeSpan.FromSeconds(1)),
        });

        var expected = JsonNode.Parse(
            """
            {
              "Image": "app:1", "Env": ["A=b=c"], "Labels": {"l": "m"}, "Tty": false, "Cmd": ["run"], "StopTimeout": 2,
              "ExposedPorts": {"9000/tcp": {}, "80/tcp": {}, "53/udp": {}},
              "Healthcheck": {"Test": ["CMD", "true"], "Interval": 1000000000, "Timeout": 0, "StartPeriod": 0, "Retries": 0},
              "NetworkingConfig": {"EndpointsConfig": {"front": {"Aliases": ["www"]}}},
              "HostConfig": {
                "NetworkMode": "front", "Memory": 1024, "NanoCpus": 1500000000, "ExtraHosts": [], "ReadonlyRootfs": false,
                "RestartPolicy": {"Name": "on-failure", "MaximumRetryCount": 3},
                "PortBindings": {"80/tcp": [{"HostIp": "", "HostPort": ""}], "53/udp": [{"HostIp": "127.0.0.1", "HostPort": "5353"}]},
                "Mounts": [
                  {"Type": "volume", "Source": "data", "Target": "/data", "ReadOnly": false},
                  {"Type": "tmpfs", "Target": "/tmp", "ReadOnly": false, "TmpfsOptions": {"SizeBytes": 5}}
                ]
              }
            }
            """);
        JsonNode.DeepEquals(body, expected).ShouldBeTrue(body.ToJsonString());
    }

    [Fact]
    public void A_specification_prints_no_variables() =>
        new ContainerSpecification { Name = "web", Image = "app:1", Environment = new Dictionary<string, string> { ["PASSWORD"] = "hush" } }
            .ToString().ShouldBe("web from app:1");

    [Theory]
    [InlineData("sometimes")]
    [InlineData("always:3")]
    [InlineData("on-failure:many")]
    public async Task An_unknown_restart_policy_is_refused_here(string policy)
    {
        await using var server = EngineDouble.Stopped();
        await using var client = server.Connect();

        await Should.ThrowAsync<ArgumentException>(client.Containers.UpdateRestartPolicyAsync("web", policy, Token));
    }

    [Fact]
    public async Task What_is_done_already_is_no_error()
    {
        await using var server = await EngineDouble.StartAsync();
        server.On("POST", "/containers/web/start", 304, "").On("POST", "/containers/web/stop", 304, "")
            .On("DELETE", "/containers/web", 404, """{"message":"No such container: web"}""");
        await using var client = server.Connect();

        await client.Containers.StartAsync("web", Token);
        await client.Containers.StopAsync("web", TimeSpan.FromSeconds(1.2), Token);
        await client.Containers.RemoveAsync("web", force: true, removeAnonymousVolumes: true, Token);

        server.Requests.Single(request => request.Path.EndsWith("/stop")).Parameter("t").ShouldBe("2");
        server.Requests.Last().Query.ShouldBe("?force=true&v=true");
    }

    [Fact]
    public async Task A_removal_is_not_taken_for_done_when_nobody_knew_the_request()
    {
        await using var server = await EngineDouble.StartAsync();
        await using var client = server.Connect();

        await Should.ThrowAsync<DockerException>(client.Containers.RemoveAsync("web", force: true, removeAnonymousVolumes: false, Token));
    }

    [Fact]
    public async Task A_removal_under_way_is_waited_for()
    {
        await using var server = await EngineDouble.StartAsync();
        server.On("DELETE", "/containers/web", 409, """{"message":"removal of container web is already in progress"}""")
            .On("POST", "/containers/web/wait", 200, """{"StatusCode":0}""");
        await using var client = server.Connect();

        await client.Containers.RemoveAsync("web", force: true, removeAnonymousVolumes: false, Token);

        server.Requests.Last().Parameter("condition").ShouldBe("removed");
    }

    [Fact]
    public async Task A_name_is_never_taken_for_the_beginning_of_another_containers_id()
    {
        await using var server = await EngineDouble.StartAsync();
        server.On("GET", "/containers/cafe/json", 200, "{\"Id\":\"" + Id + "\",\"Name\":\"/other\"}");
        await using var client = server.Connect();

        (await client.Containers.FindAsync("cafe", Token)).ShouldBeNull();
        await Should.ThrowAsync<DockerNotFoundException>(client.Containers.StopAsync("cafe", null, Token));
        await client.Containers.RemoveAsync("cafe", force: true, removeAnonymousVolumes: false, Token);

        server.Requests.ShouldAllBe(request => request.Method == "GET");
    }

    [Fact]
    public async Task A_container_that_is_called_like_an_id_is_reached_by_its_id()
    {
        await using var server = await EngineDouble.StartAsync();
        server.On("GET", "/containers/cafe/json", 200, "{\"Id\":\"" + Id + "\",\"Name\":\"/cafe\"}").On("POST", $"/containers/{Id}/start", 204, "");
        await using var client = server.Connect();

        await client.Containers.StartAsync("cafe", Token);

        server.Requests.Last().Path.ShouldBe($"/containers/{Id}/start");
    }

    [Fact]
    public async Task A_list_holds_exact_names_and_addresses()
    {
        await using var server = await EngineDouble.StartAsync();
        server.On(
            "GET", "/containers/json", 200,
            """
            [{"Id":"1","Names":["/other/db","/web"],"Image":"app:1","ImageID":"sha256:aa","State":"running","Status":"Up","Created":1795230058,"Labels":null,
              "NetworkSettings":{"Networks":{"front":{"IPAddress":"10.0.0.2"},"none":{"IPAddress":""}}}},
             {"Id":"2","Names":["/web-2"],"Labels":{"a":"b"}}]
            """);
        await using var client = server.Connect();

        var container = (await client.Containers.ListAsync(new ContainerFilter { Labels = ["a", "b=c"], Names = ["web"], IncludeStopped = true }, Token)).Single();

        container.Name.ShouldBe("web");
        container.Addresses.ShouldBe(new Dictionary<string, string> { ["front"] = "10.0.0.2" });
        container.Created.ShouldBe(DateTimeOffset.FromUnixTimeSeconds(1795230058));
        server.Requests.Last().Parameter("filters").ShouldBe("""{"label":["a","b=c"],"name":["web"]}""");
        server.Requests.Last().Parameter("all").ShouldBe("true");
    }

    [Fact]
    public void Details_read_the_document_and_keep_it()
    {
        var document = (JsonObject)JsonNode.Parse(
            """
            {"Id":"1","Name":"/web","Image":"sha256:aa","Created":"2026-11-21T03:00:58.107648596Z","RestartCount":2,"Unheard":{"a":1},
             "State":{"Status":"running","Running":true,"OOMKilled":true,"ExitCode":137,"Error":"","StartedAt":"2026-11-21T03:00:58Z","FinishedAt":"0001-01-01T00:00:00Z",
               "Health":{"Status":"unhealthy","FailingStreak":3,"Log":[{"Output":"old"},{"Output":"no answer"}]}},
             "Config":{"Image":"app:1","Tty":true,"Labels":{"a":"b"},"Healthcheck":{"Test":["NONE"],"StartPeriod":5000000000}},
             "HostConfig":{"RestartPolicy":{"Name":"on-failure","MaximumRetryCount":3}},
             "NetworkSettings":{"Ports":{"80/tcp":[{"HostIp":"0.0.0.0","HostPort":"32768"}],"81/tcp":null},
               "Networks":{"front":{"NetworkID":"n","IPAddress":"10.0.0.2","Aliases":["www"]},"back":{"IPAddress":""}}}}
            """)!;

        var container = new ContainerDetails(document);

        container.Name.ShouldBe("web");
        container.ImageReference.ShouldBe("app:1");
        container.RestartPolicy.ShouldBe("on-failure:3");
        container.RestartCount.ShouldBe(2);
        container.HasTty.ShouldBeTrue();
        container.HasHealthCheck.ShouldBeFalse();
        container.HealthCheckStartPeriod.ShouldBe(TimeSpan.Zero);
        container.State.OutOfMemoryKilled.ShouldBeTrue();
        container.State.FinishedAt.ShouldBeNull();
        container.State.Health.ShouldBe(new HealthState(HealthStatus.Unhealthy, 3, "no answer"));
        container.AddressOn("front").ShouldBe("10.0.0.2");
        container.AddressOn("back").ShouldBeNull();
        container.AddressOn("nowhere").ShouldBeNull();
        container.PublishedPorts.ShouldBe([new PublishedPort(80, 32768, "0.0.0.0")]);
        container.Document["Unheard"]!.ToJsonString().ShouldBe("""{"a":1}""");
    }

    [Fact]
    public void The_start_period_of_a_health_check_is_told_in_nanoseconds() =>
        new ContainerDetails((JsonObject)JsonNode.Parse("""{"Config":{"Healthcheck":{"Test":["CMD","/check"],"StartPeriod":1500000000}}}""")!)
            .HealthCheckStartPeriod.ShouldBe(TimeSpan.FromSeconds(1.5));

    [Fact]
    public void Details_of_an_empty_document_are_empty()
    {
        var container = new ContainerDetails([]);

        container.Name.ShouldBeEmpty();
        container.State.Running.ShouldBeFalse();
        container.Labels.ShouldBeEmpty();
        container.RestartPolicy.ShouldBe("no");
    }

    [Fact]
    public async Task Reading_a_log_stops_with_its_reader()
    {
        await using var server = await EngineDouble.StartAsync();
        var closed = new TaskCompletionSource();
        server.On("GET", "/containers/web/json", 200, "{\"Id\":\"" + Id + "\",\"Name\":\"/web\",\"Config\":{\"Tty\":true}}");
        server.On("GET", $"/containers/{Id}/logs", async context =>
        {
            context.RequestAborted.Register(() => closed.TrySetResult());
            await context.Response.WriteAsync("line\n");
            await context.Response.Body.FlushAsync();
            await closed.Task;
        });
        await using var client = server.Connect();
        var request = new LogRequest(TailLines: 5, Follow: true, Since: DateTimeOffset.FromUnixTimeSeconds(7).AddTicks(1));

        await foreach (var line in client.Containers.ReadLogsAsync("web", request, Token))
        {
            line.Text.ShouldBe("line");
            break;
        }

        await closed.Task.WaitAsync(TimeSpan.FromSeconds(10), Token);
        server.Requests.Last().Query.ShouldBe("?stdout=true&stderr=true&follow=true&since=7.000000100&tail=5");
    }

    private static async Task<EngineDouble> Creating(string version)
    {
        var server = await EngineDouble.StartAsync();
        server.ApiVersion = version;
        return server.On("POST", "/containers/create", 201, "{\"Id\":\"" + Id + "\",\"Warnings\":[]}");
    }

    private static JsonObject TwoNetworks() => (JsonObject)JsonNode.Parse(
        """
        {"Image":"app:1","HostConfig":{"NetworkMode":"front"},
         "NetworkingConfig":{"EndpointsConfig":{"back":{"IPAMConfig":{"IPv4Address":"10.0.0.7"}},"front":{"Aliases":["web"]}}}}
        """)!;
}
