using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Plimsoll.Apps.Seed;

namespace Plimsoll.Tests.Apps.Seed;

public sealed class SeedMistakesTests
{
    [Theory]
    [InlineData("global:\n  domian: example.org", "seed.yaml:2:3: global.domian: There is no such key; did you mean 'domain'?")]
    [InlineData("globals: {}", "seed.yaml:1:1: globals: There is no such key; did you mean 'global'?")]
    [InlineData("volumes: {}", "seed.yaml:1:1: volumes: There is no such key; the keys here are global, npm, policy, registries, projects.")]
    [InlineData("- a\n- b", "seed.yaml:1:1: Keys and values are expected below this, not a list.")]
    [InlineData("just text", "seed.yaml:1:1: Keys and values are expected below this, not a single value.")]
    [InlineData("projects: []", "seed.yaml:1:1: projects: Keys and values are expected below this, not a list.")]
    [InlineData("global:\n  domain: [a]", "seed.yaml:2:3: global.domain: A single value is expected here, not a list.")]
    [InlineData("global:\n  network: a\n  network: b", "seed.yaml:3:3: global.network: This key is there twice; the first one is in line 2.")]
    [InlineData("global:\n  domain: 'a b'", "seed.yaml:2:3: global.domain: 'a b' is not a domain name.")]
    [InlineData("global:\n  server_ip: home", "seed.yaml:2:3: global.server_ip: 'home' is not an IP address.")]
    [InlineData("global:\n  polling_interval: often", "seed.yaml:2:3: global.polling_interval: 'often' is not a span of time: write seconds, such as 300, or 90s, 5m or 1h.")]
    [InlineData("global:\n  polling_interval: 48h", "seed.yaml:2:3: global.polling_interval: 172800 does not fit: use 0 to 86400 seconds.")]
    [InlineData("global:\n  subdomain_pattern: '{stage}'", "seed.yaml:2:3: global.subdomain_pattern: The pattern needs {stage} and {project}, or two stages would get one name.")]
    [InlineData("global: {}\n---\nglobal: {}", "seed.yaml:2:1: A second document begins here: a configuration is one document, without '---' in between.")]
    [InlineData("", "seed.yaml:1:1: The file is empty.")]
    [InlineData("# only a remark\n", "seed.yaml:1:1: The file is empty.")]
    [InlineData("global: *nowhere", "seed.yaml:1:9: This is not YAML that can be read: The alias *nowhere has no anchor &nowhere before it.")]
    [InlineData("global: !secret x", "seed.yaml:1:9: global: The tag !secret means nothing here: write the value itself.")]
    [InlineData("? [a]\n: b", "seed.yaml:1:3: A key must be plain text, not a list.")]
    [InlineData("x: &x {}\nglobal:\n  <<: *x", "seed.yaml:3:3: global.<<: Merging with '<<' is not read: give the whole section an anchor, or write its keys here.")]
    public void A_mistake_names_its_file_line_column_and_key(string text, string expected) => Problems(text).ShouldContain(expected);

    [Theory]
    [InlineData("url: gitea", "registries.r.url: 'gitea' is not a registry's host, for example ghcr.io or git.example.org:5000.")]
    [InlineData("type: gitea", "registries.r.url: The address of the registry is needed, for example ghcr.io or https://git.example.org:5000.")]
    [InlineData("url: ghcr.io, type: svn", "registries.r.type: 'svn' is not a type of registry: use one of generic, docker-hub, ghcr, gitea, gitlab, harbor, quay, ecr.")]
    [InlineData("url: ghcr.io, insecure: yes", "registries.r.insecure: 'yes' is neither true nor false.")]
    [InlineData("url: ghcr.io, token: a, token_file: b", "registries.r.token_file: Write token or token_file, not both.")]
    [InlineData("url: ghcr.io, usrname: a", "registries.r.usrname: There is no such key; did you mean 'username'?")]
    public void A_mistake_in_a_registry_names_its_key(string registry, string expected) =>
        Problems($"registries:\n  r: {{ {registry} }}").ShouldHaveSingleItem().ShouldEndWith(expected);

    [Theory]
    [InlineData("port: 80", "projects.p.image: An image is needed, for example ghcr.io/acme/shop.")]
    [InlineData("image: 'nginx:1'", "projects.p.image: Write the image without the tag ':1'; the tag patterns of the stages choose it.")]
    [InlineData("image: nginx, port: http", "projects.p.port: 'http' is not a whole number.")]
    [InlineData("image: nginx, port: 99999", "projects.p.port: 99999 is not a port: use 1 to 65535, or 0 for the port that the image exposes.")]
    [InlineData("image: nginx, healthcheck: health", "projects.p.healthcheck: 'health' is not a path: begin with one '/', leave out spaces, '#' and '\\', and use at most 512 characters.")]
    [InlineData("image: nginx, health: { start_period: -1 }", "projects.p.health.start_period: '-1' is not a span of time: write seconds, such as 300, or 90s, 5m or 1h.")]
    [InlineData("image: nginx, health: { start_period: 2h }", "projects.p.health.start_period: 7200 does not fit: use 0 to 3600 seconds.")]
    [InlineData("image: nginx, health: { interval: 1h }", "projects.p.health.interval: 3600 does not fit: use 1 to 300 seconds.")]
    [InlineData("image: nginx, health: { deadline: 2h }", "projects.p.health.deadline: 7200 does not fit: use 1 to 3600 seconds.")]
    [InlineData("image: nginx, health: { sucesses: 2 }", "projects.p.health.sucesses: There is no such key; did you mean 'successes'?")]
    [InlineData("image: nginx, health: { status: fine }", "projects.p.health.status: 'fine' is not a range of statuses: write 200-299, 204 or 200-299,401, with statuses from 200 to 599.")]
    [InlineData("image: nginx, stages: { dev: { tag_pattern: a, memory_limit: 1 } }", "projects.p.stages.dev.memory_limit: 1 does not fit: use 6 to 16777216 megabytes, or 0 for no limit.")]
    [InlineData("image: nginx, stages: { dev: { tag_pattern: a, cpu_limit: half } }", "projects.p.stages.dev.cpu_limit: 'half' is not a number such as 2 or 0.5.")]
    [InlineData("image: nginx, stages: { dev: { tag_pattern: a, stop_seconds: 1h } }", "projects.p.stages.dev.stop_seconds: 3600 does not fit: use 1 to 600 seconds, or 0 for what the settings say.")]
    [InlineData("image: nginx, env: [A=b]", "projects.p.env: Keys and values are expected below this, not a list.")]
    [InlineData("image: nginx, env: { A: [b] }", "projects.p.env.A: A single value is expected here, not a list.")]
    [InlineData("image: nginx, env: { A: null }", "projects.p.env.A: null is no value: write \"\" for an empty one, or the word in quotes.")]
    [InlineData("image: nginx, env: { 1A: b }", "projects.p.env.1A: '1A' is not a variable name: use letters, digits, '_', '.' and '-', beginning with a letter or '_'.")]
    [InlineData("image: nginx, registry: hub", "projects.p.registry: There is no registry 'hub': add it under registries.")]
    [InlineData("image: nginx, stages: { dev: { auto_deploy: true } }", "projects.p.stages.dev.tag_pattern: A tag pattern is needed, for example \"v*\", \"dev-*\" or \"latest\".")]
    [InlineData("image: nginx, stages: { dev: { tag_pattern: 'a b' } }", "projects.p.stages.dev.tag_pattern: 'a b' cannot match any tag: tags have only letters, digits, '.', '_' and '-'; '*' and '?' are the wildcards.")]
    [InlineData("image: nginx, stages: { dev: { tag_pattern: a, max_instances: 0 } }", "projects.p.stages.dev.max_instances: 0 does not fit: keep 1 to 50 instances.")]
    [InlineData("image: nginx, stages: { dev: { tag_pattern: a, promote_from: rel } }", "projects.p.stages.dev.promote_from: The project has no stage 'rel' to promote from.")]
    [InlineData("image: nginx, stages: { dev: { tag_pattern: a, subdomain: A.b } }", "projects.p.stages.dev.subdomain: 'A.b' is not one DNS label: use at most 63 lower case letters, digits and dashes.")]
    [InlineData("image: nginx, stages: { Dev: { tag_pattern: a } }", "projects.p.stages.Dev: 'Dev' is not a name: use lower case letters, digits and dashes, with no dash at either end and not only digits.")]
    [InlineData("image: nginx, stages: { dev: v1 }", "projects.p.stages.dev: Keys and values are expected below this, not a single value.")]
    public void A_mistake_in_a_project_names_its_key(string project, string expected) =>
        Problems($"projects:\n  p: {{ {project} }}").ShouldContain(problem => problem.EndsWith(expected));

    [Fact]
    public void A_project_has_a_bounded_number_of_stages() =>
        Problems($"projects:\n  p:\n    image: nginx\n    stages: {{ {string.Join(", ", Enumerable.Range(0, 51).Select(number => $"s{number}: {{ tag_pattern: x }}"))} }}")
            .ShouldHaveSingleItem().ShouldBe("seed.yaml:4:5: projects.p.stages: A project has at most 50 stages.");

    [Fact]
    public void A_registry_must_be_that_of_the_image()
    {
        var text = "registries: { gitea: { url: git.example.org } }\nprojects:\n  p:\n    image: ghcr.io/acme/shop\n    registry: gitea";
        Problems(text).ShouldHaveSingleItem().ShouldBe(
            "seed.yaml:5:5: projects.p.registry: Registry 'gitea' is git.example.org, but the image is at ghcr.io. Name the registry of the image, or none.");
    }

    [Fact]
    public void A_registry_that_is_nearly_there_is_suggested() =>
        Problems("registries: { gitea: { url: git.example.org } }\nprojects: { p: { image: nginx, registry: gitee } }")
            .ShouldHaveSingleItem().ShouldEndWith("There is no registry 'gitee'; did you mean 'gitea'?");

    [Fact]
    public void All_mistakes_are_told_at_once_in_the_order_of_the_file()
    {
        var problems = Problems(
            """
            global:
              domain: "a b"
              wrong: 1
            registries:
              gitea:
                type: gitea
            projects:
              Shop:
                image: nginx:1
                port: x
                stages:
                  dev:
                    max_instances: 0
            """);
        problems.Select(problem => problem.Split(": ")[1]).ShouldBe(
        [
            "global.domain", "global.wrong", "registries.gitea.url", "projects.Shop", "projects.Shop.image", "projects.Shop.port",
            "projects.Shop.stages.dev.tag_pattern", "projects.Shop.stages.dev.max_instances",
        ]);
    }

    [Theory]
    [InlineData("global:\n  domain: \"never closed", 2)]
    [InlineData("global:\n\tdomain: a", 2)]
    [InlineData("a: b: c", 1)]
    [InlineData("global: {", 2)]
    [InlineData("a\nb: c", 2)]
    [InlineData("global:\n  domain: a\n network: b", 3)]
    [InlineData("global:\n  domain: a\n    network: b", 3)]
    [InlineData("global:\n  domain: a\n\tnetwork: b", 3)]
    [InlineData("projects:\n  shop\n    image: nginx", 3)]
    [InlineData("projects:\n  shop:\n    image: nginx\n    tag: *", 4)]
    [InlineData("projects:\n  shop:\n    image: @nginx", 3)]
    [InlineData("projects:\n  shop:\n    image: 'it's'", 3)]
    [InlineData("projects:\n  shop: [a, b\nnpm: {}", 3)]
    public void Broken_yaml_names_its_line(string text, int line)
    {
        var problem = Should.Throw<SeedException>(() => SeedFile.Parse(text, "seed.yaml")).Problems.ShouldHaveSingleItem();
        problem.Sentence.ShouldStartWith("This is not YAML that can be read: ");
        problem.At.Line.ShouldBe(line, problem.ToString());
    }

    [Fact]
    public void Aliases_of_aliases_are_stopped_before_they_grow()
    {
        var bomb = new StringBuilder("x0: &x0 [a,a,a,a,a,a,a,a,a,a]\n");
        for (var level = 1; level < 12; level++)
        {
            bomb.Append($"x{level}: &x{level} [{string.Join(',', Enumerable.Repeat($"*x{level - 1}", 10))}]\n");
        }

        Problems(bomb.ToString()).ShouldContain(problem => problem.Contains("holds too much"));
    }

    [Fact]
    public void A_section_that_contains_itself_is_refused() =>
        Problems("projects: &all { p: *all }").ShouldContain(problem => problem.Contains("no anchor"));

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    [InlineData("? ")]
    public void A_file_nested_without_end_is_stopped(string opening) =>
        Problems(string.Concat(Enumerable.Repeat(opening, 200_000 / opening.Length))).ShouldNotBeEmpty();

    [Fact]
    public void A_file_is_at_most_a_mebibyte() =>
        Problems("# " + new string('ü', 512 * 1024)).ShouldHaveSingleItem().ShouldEndWith("The file is too large: at most 1024 KiB.");

    [Fact]
    public void A_mistake_in_a_policy_names_its_own_line()
    {
        var problems = Problems(
            """
            policy:
              skipLabels: [x, {}]
              floatingTags: ["a b"]
              skip: true
            projects:
              p:
                image: nginx
                stages:
                  rel:
                    tag_pattern: "v*"
                    policy:
                      follow: newest
                      include: ["v*", "a b"]
                      minimum_age: soon
                      windows:
                        - cron: "0 2 * * *"
                          duration: 2h
                        - cron: at night
                          duration: 2h
                          time_zone: Berlin
                          zone: x
            """);

        problems.Select(problem => string.Join(':', problem.Split(':')[1..4])).ShouldBe(
            [
                "2:19: policy.skipLabels.1", "3:3: policy.floatingTags", "4:3: policy.skip", "12:11: projects.p.stages.rel.policy.follow", "13:27: projects.p.stages.rel.policy.include.1",
                "14:11: projects.p.stages.rel.policy.minimum_age", "18:15: projects.p.stages.rel.policy.windows.1.cron", "20:15: projects.p.stages.rel.policy.windows.1.time_zone",
                "21:15: projects.p.stages.rel.policy.windows.1.zone",
            ]);
    }

    [Fact]
    public void The_list_of_mistakes_is_bounded() =>
        Problems(string.Join('\n', Enumerable.Range(0, 5_000).Select(number => $"key{number}: 1"))).Count.ShouldBe(200);

    [Fact]
    public void A_secret_is_never_repeated()
    {
        var problems = Problems(
            """
            npm: { url: x, email: y, password: [hunter2] }
            registries:
              a: { url: "https://me:hunter2@ghcr.io", token: "hunter2\n" }
            projects:
              p: { image: nginx, env: { 1A: hunter2 } }
            """);
        problems.Count.ShouldBeGreaterThan(3);
        problems.ShouldAllBe(problem => !problem.Contains("hunter2"));
    }

    [Fact]
    public void Whatever_the_text_is_the_answer_is_a_file_or_a_list_of_mistakes()
    {
        var pieces = Gen.Elements(
            "global:", "projects:", "\n", "\n  ", "\n    ", " ", ":", "- ", "? ", "{", "}", "[", "]", ",", "&a", "*a", "!", "!!str", "|", ">", "'", "\"", "#",
            "---", "...", "%YAML 1.2", "\t", "\0", "\ud800", "é", "~", "null", "image: nginx", "stages:", "<<: *a", "tag_pattern: x", "\\x", "@", "`", "\u2028", "\r");
        var texts = pieces.ListOf().Select(string.Concat).ToArbitrary();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(20_000), Prop.ForAll(texts, ReadsOrRefuses));
    }

    [Fact]
    public void A_good_file_with_anything_changed_is_still_read_or_refused()
    {
        var changes =
            from at in Gen.Choose(0, SeedSamples.Full.Length - 1)
            from length in Gen.Choose(0, 20)
            from with in Gen.Elements("", ":", "\n", "- ", "{", "]", "&a ", "*a", "\"", "'", "|\n", "\t", "  ", "? ", "!x ")
            select SeedSamples.Full.Remove(at, Math.Min(length, SeedSamples.Full.Length - at)).Insert(at, with);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3_000), Prop.ForAll(changes.ToArbitrary(), ReadsOrRefuses));
    }

    private static bool ReadsOrRefuses(string text)
    {
        try
        {
            _ = SeedFile.Parse(text, "seed.yaml");
            return true;
        }
        catch (SeedException problem)
        {
            return problem.Problems.Count > 0 && problem.Problems.All(one => one.At is { Line: > 0, Column: > 0 });
        }
    }

    private static IReadOnlyList<string> Problems(string text) =>
        [.. Should.Throw<SeedException>(() => SeedFile.Parse(text, "seed.yaml")).Problems.Select(problem => problem.ToString())];
}
