using Plimsoll.Apps;
using Plimsoll.Apps.Seed;

namespace Plimsoll.Tests.Apps.Seed;

public sealed class SeedFileTests
{
    [Fact]
    public void The_full_example_is_read_with_every_key()
    {
        var file = SeedFile.Parse(SeedSamples.Full, "seed.yaml");

        file.Global.Domain.ShouldBe("dolgolyov-family.by");
        file.Global.ServerIp.ShouldBe("93.84.96.191");
        file.Global.Network.ShouldBe("staging-net");
        file.Global.SubdomainPattern.ShouldBe("stage-{stage}-{project}");
        file.Global.NotificationUrl.ShouldBe("https://notify.dolgolyov-family.by/webhook");
        file.Global.PollingSeconds.ShouldBeNull();
        file.Npm.ShouldNotBeNull().Email.ShouldBe("docker-watcher@dolgolyov-family.by");
        file.Npm.Password.Value.ShouldBe("npm-password-here");

        var registry = file.Registries.ShouldHaveSingleItem();
        registry.Entry.Name.ShouldBe("gitea");
        registry.Entry.Host.ShouldBe("git.dolgolyov-family.by");
        registry.Entry.Type.ShouldBe("gitea");
        registry.Entry.Insecure.ShouldBeFalse();
        registry.Token.ShouldNotBeNull().Value.ShouldBe("gitea-token-here");

        var project = file.Projects.ShouldHaveSingleItem();
        project.Registry.ShouldBe("gitea");
        project.Project.Port.ShouldBe(3000);
        project.Project.HealthPath.ShouldBe("/api/health");
        project.Project.Environment.ShouldHaveSingleItem().ShouldBe(new("NODE_ENV", "production"));
        project.Stages.Select(stage => stage.Name).ShouldBe(["dev", "rel", "prod"]);
        project.Stages[0].AutoDeploy.ShouldBeTrue();
        project.Stages[0].MaxInstances.ShouldBe(5);
        project.Stages[2].Confirm.ShouldBeTrue();
        project.Stages[2].PromoteFrom.ShouldBe("rel");
        project.Stages[2].Subdomain.ShouldBe("launcher");
    }

    [Fact]
    public void What_is_left_out_has_its_default()
    {
        var project = SeedFile.Parse(SeedSamples.Project("hello"), "seed.yaml").Projects.ShouldHaveSingleItem();
        project.Registry.ShouldBeNull();
        project.Stages.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            stage => stage.AutoDeploy.ShouldBeFalse(),
            stage => stage.Confirm.ShouldBeFalse(),
            stage => stage.MaxInstances.ShouldBe(1),
            stage => stage.Subdomain.ShouldBeNull());
    }

    [Fact]
    public void A_gate_limits_and_a_grace_time_are_read()
    {
        var project = SeedFile.Parse(
            """
            projects:
              hello:
                image: nginx
                health: { start_period: 20s, interval: 2, timeout: 3s, successes: 4, status: 200-399, deadline: 2m }
                stages:
                  live: { tag_pattern: "*", memory_limit: 256, cpu_limit: 1.5, stop_seconds: 1m }
            """,
            "seed.yaml").Projects.ShouldHaveSingleItem();

        project.Project.Health.ShouldBe(new HealthProof(20, 2, 3, 4, "200-399", 120));
        var stage = project.Stages.ShouldHaveSingleItem();
        (stage.MemoryLimit, stage.CpuLimit, stage.StopSeconds).ShouldBe((256, 1.5m, 60));
    }

    [Theory]
    [InlineData("registries:")]
    [InlineData("registries: {}\nprojects: ~")]
    [InlineData("global:\n  domain:")]
    public void An_empty_section_is_no_mistake(string text) => SeedFile.Parse(text, "seed.yaml").Projects.ShouldBeEmpty();

    [Fact]
    public void The_access_to_the_proxy_may_stand_under_global() =>
        SeedFile.Parse("global: { npm: { url: 'http://npm:81', email: a@example.org, password: x } }", "seed.yaml").Npm.ShouldNotBeNull();

    [Fact]
    public void Values_of_variables_are_taken_as_they_are_written()
    {
        var text = SeedSamples.Project("hello", more: "env: { A: 0123, B: true, C: , D: 'null', E: \"${HOME}\", F: 1.10 }");
        SeedFile.Parse(text, "seed.yaml").Projects[0].Project.Environment.ShouldBe(
            new Dictionary<string, string> { ["A"] = "0123", ["B"] = "true", ["C"] = "", ["D"] = "null", ["E"] = "${HOME}", ["F"] = "1.10" },
            ignoreOrder: true);
    }

    [Fact]
    public void An_anchor_shares_a_section_between_projects()
    {
        var file = SeedFile.Parse(
            """
            projects:
              one:
                image: nginx
                env: &shared { TZ: UTC }
                stages: &stages
                  live: { tag_pattern: "*" }
              two: { image: httpd, env: *shared, stages: *stages }
            """,
            "seed.yaml");
        file.Projects[1].Project.Environment["TZ"].ShouldBe("UTC");
        file.Projects[1].Stages.ShouldHaveSingleItem().Name.ShouldBe("live");
    }

    [Theory]
    [InlineData("300", 300)]
    [InlineData("0", 0)]
    [InlineData("90s", 90)]
    [InlineData("5m", 300)]
    [InlineData("1h", 3600)]
    [InlineData("1h30m", 5400)]
    public void A_span_of_time_is_written_as_people_do(string text, int seconds)
    {
        SeedFile.Parse($"global:\n  polling_interval: {text}", "seed.yaml").Global.PollingSeconds.ShouldBe(seconds);
        SeedDuration.TryParse(text, out var read).ShouldBeTrue();
        read.ShouldBe(seconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("5 m")]
    [InlineData("m")]
    [InlineData("-5")]
    [InlineData("1.5h")]
    [InlineData("5m1h")]
    [InlineData("5d")]
    [InlineData("٣")]
    public void What_is_no_span_of_time_is_refused(string text) => SeedDuration.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Secrets_do_not_print_themselves()
    {
        var file = SeedFile.Parse(SeedSamples.Full, "seed.yaml");
        $"{file.Registries[0]} {file.Npm} {file.Projects[0]}".ShouldNotContain("-here");
    }

    [Theory]
    [InlineData("tagPattern", "tag_pattern")]
    [InlineData("tag-pattern", "tag_pattern")]
    [InlineData("tag_patern", "tag_pattern")]
    [InlineData("promotefrom", "promote_from")]
    [InlineData("subdomian", "subdomain")]
    [InlineData("replicas", null)]
    [InlineData("", null)]
    public void The_nearest_key_is_what_was_meant(string written, string? meant) =>
        NearestKey.Of(written, ["tag_pattern", "auto_deploy", "max_instances", "confirm", "promote_from", "subdomain"]).ShouldBe(meant);
}
