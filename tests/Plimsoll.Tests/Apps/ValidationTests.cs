using Plimsoll.Apps;

namespace Plimsoll.Tests.Apps;

public sealed class ValidationTests
{
    private static readonly Project Shop = new() { Name = "shop", Repository = "ghcr.io/acme/shop" };
    private static readonly Stage Dev = new() { Name = "dev", TagPattern = "*" };

    [Fact]
    public void What_is_right_has_no_errors()
    {
        Validation.Of(Shop).ShouldBeEmpty();
        Validation.Of(Dev, []).ShouldBeEmpty();
        Validation.Of(new Settings()).ShouldBeEmpty();
        Validation.Of(new RegistryEntry { Name = "ghcr", Host = "ghcr.io" }).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("shop", true)]
    [InlineData("web-app-2", true)]
    [InlineData("", false)]
    [InlineData("Shop", false)]
    [InlineData("-shop", false)]
    [InlineData("shop-", false)]
    [InlineData("123", false)]
    [InlineData("shop\n", false)]
    [InlineData("my_shop", false)]
    public void Names_are_fit_for_hosts_and_never_only_a_number(string name, bool isFine) => (Names.Problem(name) is null).ShouldBe(isFine);

    [Theory]
    [InlineData("", "is needed")]
    [InlineData("ghcr.io/acme/shop:v1", "without the tag ':v1'")]
    [InlineData("ghcr.io/acme/shop@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "without a digest")]
    [InlineData("ghcr.io/Acme/shop", "lower case")]
    [InlineData("https://ghcr.io/acme/shop", "://")]
    public void An_image_is_a_repository_and_nothing_more(string image, string part) =>
        Validation.Of(Shop with { Repository = image })["image"].ShouldContain(part);

    [Theory]
    [InlineData(-1)]
    [InlineData(65536)]
    public void A_port_is_a_port(int port) => Validation.Of(Shop with { Port = port }).ShouldContainKey("port");

    [Theory]
    [InlineData("")]
    [InlineData("health")]
    [InlineData("/a b")]
    [InlineData("//example.org/x")]
    [InlineData("/\\example.org")]
    [InlineData("/x#y")]
    [InlineData("/x\ny")]
    public void A_health_path_stays_on_the_instance(string path) => Validation.Of(Shop with { HealthPath = path }).ShouldContainKey("healthcheck");

    [Theory]
    [InlineData("/")]
    [InlineData("/api/health?deep=1")]
    public void A_usual_health_path_is_taken(string path) => Validation.Of(Shop with { HealthPath = path }).ShouldBeEmpty();

    [Fact]
    public void A_proof_of_health_is_bounded_on_all_sides()
    {
        Of(new HealthProof(0, 1, 1, 1, "204", 1)).ShouldBeEmpty();
        Of(new HealthProof(3_600, 300, 60, 100, "200-599", null)).ShouldBeEmpty();
        Of(new HealthProof(-1, 0, 0, 0, "ok", 0)).ShouldBe(
            ["health.startSeconds", "health.intervalSeconds", "health.timeoutSeconds", "health.successes", "health.status", "health.deadlineSeconds"], ignoreOrder: true);
        Of(new HealthProof(3_601, 301, 61, 101, "", 3_601)).Count.ShouldBe(6);

        static List<string> Of(HealthProof proof) => [.. Validation.Of(Shop with { Health = proof }).Keys];
    }

    [Theory]
    [InlineData(10, 5, 45, false)]
    [InlineData(10, 5, 46, true)]
    [InlineData(10, null, 9, false)]
    [InlineData(10, null, 10, true)]
    public void Successes_that_cannot_fit_into_the_deadline_are_refused(int successes, int? interval, int deadline, bool isFine) =>
        Validation.Of(Shop with { Health = new HealthProof(IntervalSeconds: interval, Successes: successes, DeadlineSeconds: deadline) })
            .ContainsKey("health.deadlineSeconds").ShouldBe(!isFine);

    [Theory]
    [InlineData(0, 0, 0, "")]
    [InlineData(6, 0.01, 1, "")]
    [InlineData(5, 0.001, -1, "cpuLimit memoryLimit stopSeconds")]
    [InlineData(-1, -1, 601, "cpuLimit memoryLimit stopSeconds")]
    [InlineData(int.MaxValue, 1025, 600, "cpuLimit memoryLimit")]
    public void A_stage_has_limits_that_the_engine_takes(int memory, double cpus, int stop, string wrong) =>
        string.Join(' ', Validation.Of(Dev with { MemoryLimit = memory, CpuLimit = (decimal)cpus, StopSeconds = stop }, []).Keys.Order()).ShouldBe(wrong);

    [Theory]
    [InlineData("1ST")]
    [InlineData("A B")]
    [InlineData("A=B")]
    [InlineData("A\n")]
    [InlineData("")]
    public void A_variable_has_a_name_that_a_shell_could_pass_on(string name) =>
        Validation.Of(Shop with { Environment = new Dictionary<string, string> { [name] = "x" } }).ShouldContainKey($"env.{name}");

    [Fact]
    public void A_value_is_bounded_and_so_are_all_of_them_together()
    {
        Environment(1, 32 * 1024).ShouldBeEmpty();
        Environment(1, 32 * 1024 + 1).ShouldContainKey("env.V0");
        Environment(10, 30 * 1024).ShouldContainKey("env");
        Environment(501, 1).ShouldContainKey("env");

        static Dictionary<string, string> Environment(int count, int length) => Validation.Of(Shop with
        {
            Environment = Enumerable.Range(0, count).ToDictionary(number => $"V{number}", _ => new string('x', length)),
        });
    }

    [Fact]
    public void An_error_about_a_variable_never_repeats_its_value() =>
        Validation.Of(Shop with { Environment = new Dictionary<string, string> { ["A"] = "hunter2\0", ["1"] = "hunter2" } })
            .Values.ShouldAllBe(sentence => !sentence.Contains("hunter2"));

    [Theory]
    [InlineData(0)]
    [InlineData(51)]
    public void A_stage_keeps_a_sensible_number_of_instances(int count) =>
        Validation.Of(Dev with { MaxInstances = count }, []).ShouldContainKey("maxInstances");

    [Fact]
    public void A_stage_is_promoted_from_another_stage_that_is_there()
    {
        var rel = Dev with { Name = "rel" };
        Validation.Of(Dev with { PromoteFrom = "rel" }, [rel]).ShouldBeEmpty();
        Validation.Of(Dev with { PromoteFrom = "rell" }, [rel])["promoteFrom"].ShouldContain("no stage 'rell'");
        Validation.Of(Dev with { PromoteFrom = "dev" }, [rel])["promoteFrom"].ShouldContain("from itself");
    }

    [Fact]
    public void Promotion_never_goes_round_in_a_circle()
    {
        var rel = Dev with { Name = "rel", PromoteFrom = "prod" };
        var prod = Dev with { Name = "prod", PromoteFrom = "dev" };
        Validation.Of(Dev with { PromoteFrom = "rel" }, [rel, prod])["promoteFrom"].ShouldContain("circle");
        // A circle among the others is theirs to mend.
        Validation.Of(Dev with { PromoteFrom = "a" }, [Dev with { Name = "a", PromoteFrom = "b" }, Dev with { Name = "b", PromoteFrom = "a" }]).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Shop")]
    [InlineData("shop.example")]
    [InlineData("-shop")]
    [InlineData("")]
    public void A_subdomain_is_one_label(string subdomain) => Validation.Of(Dev with { Subdomain = subdomain }, []).ShouldContainKey("subdomain");

    [Fact]
    public void Two_stages_of_a_project_cannot_have_one_name_or_one_subdomain()
    {
        Validation.Of(Dev, [Dev with { Id = 2 }]).ShouldContainKey("name");
        Validation.Of(Dev with { Subdomain = "shop" }, [Dev with { Name = "prod", Subdomain = "shop" }])["subdomain"].ShouldContain("prod");
    }

    [Fact]
    public void Every_mistake_in_the_settings_is_named()
    {
        var wrong = new Settings
        {
            Domain = "example.org\n",
            ServerIp = "1",
            Network = "host",
            SubdomainPattern = "{stage}",
            NotificationUrl = "ftp://example.org",
            PollingSeconds = -1,
            HealthSeconds = 0,
            DrainSeconds = 3_601,
            PullSeconds = 1,
            KeepDeployments = 0,
            MinimumFreeMegabytes = -1,
        };
        Validation.Of(wrong).Keys.ShouldBe(
            ["domain", "serverIp", "network", "subdomainPattern", "notificationUrl", "pollingSeconds", "healthSeconds", "drainSeconds", "pullSeconds", "keepDeployments", "minimumFreeMegabytes"],
            ignoreOrder: true);
    }

    [Fact]
    public void Every_mistake_in_a_registry_is_named_without_its_token()
    {
        var errors = Validation.Of(new RegistryEntry { Name = "X", Host = "gitea", Type = "svn", Username = "a:b", Token = "hunter2\n" });
        errors.Keys.ShouldBe(["name", "url", "type", "username", "token"], ignoreOrder: true);
        errors.Values.ShouldAllBe(sentence => !sentence.Contains("hunter2"));
    }
}
