using System.Text;
using Plimsoll.Registry;

namespace Plimsoll.Tests.Registry;

public sealed class ReadConfigurationTests
{
    private static readonly Platform amd64 = new("linux", "amd64", null);

    [Fact]
    public async Task An_image_of_one_platform_is_read_whole()
    {
        var image = new SampleImage("""
            {"architecture":"amd64","os":"linux","created":"2024-05-01T10:20:30.123456789Z",
             "config":{"Labels":{"org.opencontainers.image.version":"1.2","odd":null},
                       "ExposedPorts":{"8080/tcp":{},"53/udp":{},"80":{},"99999/tcp":{},"x":{}},
                       "Healthcheck":{"Test":["CMD-SHELL","true"]},
                       "Env":["PATH=/bin","A=b=c"],"Entrypoint":["/app"],"Cmd":["serve","--all"],
                       "User":"1000:1000","WorkingDir":"/srv","StopSignal":"SIGQUIT"}}
            """);
        await using var registry = await RegistryDouble.StartAsync(SampleImage.Serve(image.Manifest, image));
        await using var client = Clients.New();
        var found = await client.ReadConfigurationAsync(registry.Image(), amd64, null, Clients.Cancel);

        found.ManifestDigest.ShouldBe(image.Digest);
        found.ResolvedDigest.ShouldBe(image.Digest);
        found.Created.ShouldBe(new DateTimeOffset(2024, 5, 1, 10, 20, 30, TimeSpan.Zero).AddTicks(1234568));
        (found.Architecture, found.OperatingSystem).ShouldBe(("amd64", "linux"));
        found.Labels.ShouldBe(new Dictionary<string, string> { ["org.opencontainers.image.version"] = "1.2", ["odd"] = "" });
        found.ExposedTcpPorts.ShouldBe([80, 8080]);
        found.HasHealthCheck.ShouldBeTrue();
        found.Environment.ShouldBe(["PATH=/bin", "A=b=c"]);
        found.Entrypoint.ShouldBe(["/app"]);
        found.Command.ShouldBe(["serve", "--all"]);
        (found.User, found.WorkingDirectory, found.StopSignal).ShouldBe(("1000:1000", "/srv", "SIGQUIT"));
    }

    [Theory]
    [InlineData("{}", false)]
    [InlineData("""{"config":null}""", false)]
    [InlineData("""{"config":{"Labels":null,"ExposedPorts":null,"Healthcheck":null,"Env":null,"Entrypoint":null,"Cmd":null}}""", false)]
    [InlineData("""{"config":{"Healthcheck":{"Test":["NONE"]}}}""", false)]
    [InlineData("""{"config":{"Healthcheck":{"Test":[]}}}""", false)]
    [InlineData("""{"config":{"Healthcheck":{"Interval":5}}}""", false)]
    [InlineData("""{"config":{"Healthcheck":{"Test":["CMD","x"]}}}""", true)]
    [InlineData("""{"config":{"Labels":[1],"ExposedPorts":"x","Env":{},"User":5,"Cmd":7},"created":"yesterday","os":[],"architecture":{}}""", false)]
    [InlineData("""{"config":{"Labels":{"\ud800":"a","b":"\udc00"},"Env":["\ud800"],"User":"\ud800"},"created":"\ud800"}""", false)]
    [InlineData("""{"config":{"Labels":{"a":"1","a":"2"}}}""", false)]
    public async Task What_is_absent_or_of_the_wrong_kind_is_left_empty(string configuration, bool hasHealthCheck)
    {
        var image = new SampleImage(configuration);
        await using var registry = await RegistryDouble.StartAsync(SampleImage.Serve(image.Manifest, image));
        await using var client = Clients.New();
        var found = await client.ReadConfigurationAsync(registry.Image(), amd64, null, Clients.Cancel);
        found.HasHealthCheck.ShouldBe(hasHealthCheck);
        found.ExposedTcpPorts.ShouldBeEmpty();
        found.Environment.ShouldBeEmpty();
        found.Created.ShouldBeNull();
        found.User.ShouldBe("");
    }

    [Fact]
    public async Task A_command_of_one_string_is_a_list_of_one()
    {
        var image = new SampleImage("""{"config":{"Cmd":"/bin/sh"}}""");
        await using var registry = await RegistryDouble.StartAsync(SampleImage.Serve(image.Manifest, image));
        await using var client = Clients.New();
        (await client.ReadConfigurationAsync(registry.Image(), amd64, null, Clients.Cancel)).Command.ShouldBe(["/bin/sh"]);
    }

    [Theory]
    [InlineData("linux", "x86_64", null, "amd64")]
    [InlineData("linux", "amd64", "v3", "amd64")]
    [InlineData("linux", "aarch64", null, "arm64")]
    [InlineData("linux", "armv7l", null, "arm-v7")]
    [InlineData("linux", "arm", "v6", "arm-v6")]
    [InlineData("linux", "arm", "v8", "arm-v7")]
    [InlineData("linux", "i686", null, null)]
    [InlineData("linux", "arm", "v5", null)]
    [InlineData("windows", "amd64", null, "windows")]
    public async Task From_an_index_the_engines_own_platform_is_taken(string system, string architecture, string? variant, string? expected)
    {
        (string Name, string Platform)[] children =
        [
            ("attestation", """{"architecture":"unknown","os":"unknown"}"""),
            ("windows", """{"architecture":"amd64","os":"windows","os.version":"10.0"}"""),
            ("arm-v6", """{"architecture":"arm","os":"linux","variant":"v6"}"""),
            ("arm-v7", """{"architecture":"arm","os":"linux","variant":"v7"}"""),
            ("arm64", """{"architecture":"arm64","os":"linux","variant":"v8"}"""),
            ("amd64", """{"architecture":"amd64","os":"linux"}"""),
        ];
        var images = children.ToDictionary(child => child.Name, child => new SampleImage($$$"""{"config":{"User":"{{{child.Name}}}"}}"""));
        var index = SampleImage.Index([.. children.Select(child => images[child.Name].Entry(child.Platform))]);
        await using var registry = await RegistryDouble.StartAsync(SampleImage.Serve(index, [.. images.Values]));
        await using var client = Clients.New();
        var reading = client.ReadConfigurationAsync(registry.Image(), new Platform(system, architecture, variant), null, Clients.Cancel);
        if (expected is null)
        {
            var failure = await Should.ThrowAsync<RegistryException>(() => reading);
            failure.Failure.ShouldBe(RegistryFailure.NotFound);
            failure.Message.ShouldContain("linux/arm64/v8");
            return;
        }

        var found = await reading;
        found.User.ShouldBe(expected);
        found.ManifestDigest.ShouldBe(images[expected].Digest);
        found.ResolvedDigest.ShouldBe(Digest.OfBytes(index));
    }

    [Fact]
    public async Task A_64_bit_engine_runs_a_32_bit_image_where_there_is_no_other()
    {
        var image = new SampleImage("""{"config":{"User":"old"}}""");
        var index = SampleImage.Index(image.Entry("""{"architecture":"386","os":"linux"}"""));
        await using var registry = await RegistryDouble.StartAsync(SampleImage.Serve(index, image));
        await using var client = Clients.New();
        (await client.ReadConfigurationAsync(registry.Image(), amd64, null, Clients.Cancel)).User.ShouldBe("old");
    }

    [Fact]
    public async Task An_index_with_one_image_of_no_platform_leaves_no_choice()
    {
        var image = new SampleImage("""{"config":{"User":"only"}}""");
        var index = SampleImage.Index(image.Entry("null"));
        await using var registry = await RegistryDouble.StartAsync(SampleImage.Serve(index, image));
        await using var client = Clients.New();
        (await client.ReadConfigurationAsync(registry.Image(), amd64, null, Clients.Cancel)).User.ShouldBe("only");
    }

    [Fact]
    public async Task An_index_that_never_ends_is_not_followed_for_ever()
    {
        // Each index is another document, since a circle cannot be made of digests.
        var indexes = new Dictionary<string, byte[]>();
        var child = SampleImage.Index();
        for (var depth = 0; depth < 8; depth++)
        {
            indexes[Digest.OfBytes(child).ToString()] = child;
            child = Encoding.UTF8.GetBytes($$$"""{"manifests":[{"digest":"{{{Digest.OfBytes(child)}}}","platform":{"os":"linux","architecture":"amd64"}}]}""");
        }

        await using var registry = await RegistryDouble.StartAsync(context =>
            context.Manifest(indexes.GetValueOrDefault(context.Request.Path.Value!.Split('/')[^1], child), Answers.IndexType));
        await using var client = Clients.New();
        (await Fails(client, registry)).Failure.ShouldBe(RegistryFailure.BadAnswer);
        registry.Requests.Count.ShouldBe(4);
    }

    [Fact]
    public async Task A_manifest_that_does_not_have_its_digest_is_refused()
    {
        var image = new SampleImage();
        await using var registry = await RegistryDouble.StartAsync(context =>
        {
            context.Response.Headers["Docker-Content-Digest"] = Digest.OfBytes("another"u8).ToString();
            return context.Bytes(image.Manifest, Answers.ManifestType);
        });
        await using var client = Clients.New();
        (await Fails(client, registry)).Failure.ShouldBe(RegistryFailure.BadAnswer);
    }

    [Fact]
    public async Task A_child_that_does_not_have_its_digest_is_refused()
    {
        var (wanted, other) = (new SampleImage("{}"), new SampleImage("""{"os":"linux"}"""));
        var index = SampleImage.Index(wanted.Entry("""{"architecture":"amd64","os":"linux"}"""));
        await using var registry = await RegistryDouble.StartAsync(context =>
            context.Request.Path.Value!.EndsWith("/1", StringComparison.Ordinal) ? context.Manifest(index) : context.Manifest(other.Manifest));
        await using var client = Clients.New();
        var failure = await Fails(client, registry);
        failure.Failure.ShouldBe(RegistryFailure.BadAnswer);
        failure.Message.ShouldContain(wanted.Digest.ToString());
    }

    [Fact]
    public async Task A_configuration_that_does_not_have_its_digest_is_refused()
    {
        var image = new SampleImage();
        await using var registry = await RegistryDouble.StartAsync(context => context.Request.Path.Value!.Contains("blobs", StringComparison.Ordinal)
            ? context.Bytes("{}"u8.ToArray(), "application/octet-stream")
            : context.Manifest(image.Manifest));
        await using var client = Clients.New();
        var failure = await Fails(client, registry);
        failure.Failure.ShouldBe(RegistryFailure.BadAnswer);
        failure.Message.ShouldContain(image.ConfigurationDigest.ToString());
    }

    [Fact]
    public async Task What_is_no_container_image_is_named()
    {
        var chart = new SampleImage("{}", "application/vnd.cncf.helm.config.v1+json");
        await using var registry = await RegistryDouble.StartAsync(SampleImage.Serve(chart.Manifest, chart));
        await using var client = Clients.New();
        (await Fails(client, registry)).Message.ShouldContain("helm");
    }

    [Theory]
    [InlineData("""{"config":{"digest":"sha256:x"}}""")]
    [InlineData("""{"config":"text"}""")]
    [InlineData("""{"manifests":"text"}""")]
    [InlineData("""{"layers":[]}""")]
    [InlineData("""["x"]""")]
    [InlineData("""{"schemaVersion":1,"config":{}}""")]
    [InlineData("not json")]
    [InlineData("")]
    public async Task A_manifest_that_makes_no_sense_is_a_bad_answer(string body)
    {
        await using var registry = await RegistryDouble.StartAsync(context => context.Manifest(Encoding.UTF8.GetBytes(body)));
        await using var client = Clients.New();
        (await Fails(client, registry)).Failure.ShouldBe(RegistryFailure.BadAnswer);
    }

    [Fact]
    public async Task A_manifest_nested_without_end_is_a_bad_answer()
    {
        await using var registry = await RegistryDouble.StartAsync(context =>
            context.Manifest(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"config\":", 100_000)))));
        await using var client = Clients.New();
        (await Fails(client, registry)).Failure.ShouldBe(RegistryFailure.BadAnswer);
    }

    private static Task<RegistryException> Fails(RegistryClient client, RegistryDouble registry) =>
        Should.ThrowAsync<RegistryException>(() => client.ReadConfigurationAsync(registry.Image(), amd64, null, Clients.Cancel));
}
