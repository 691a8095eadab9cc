using Plimsoll.Apps;
using Plimsoll.Apps.Policies;
using Plimsoll.Apps.Seed;
using Plimsoll.Tests.Apps.Support;
using Plimsoll.Tests.Registry;

namespace Plimsoll.Tests.Apps.Seed;

public sealed class SeedImportTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_full_example_is_in_the_store_afterwards()
    {
        await using var apps = await AppsStore.CreateAsync();

        var added = await apps.Import.ImportAsync(SeedFile.Parse(SeedSamples.Full, "seed.yaml"), Token);

        added.ShouldBe(new(1, 1, 3));
        var registry = apps.Registries.List().ShouldHaveSingleItem();
        registry.Token.ShouldBe("gitea-token-here");
        var project = apps.Projects.List().ShouldHaveSingleItem();
        project.RegistryId.ShouldBe(registry.Id);
        project.Repository.ShouldBe("git.dolgolyov-family.by/alexei/web-app-launcher");
        project.Environment["NODE_ENV"].ShouldBe("production");
        apps.Stages.OfProject(project.Id).Select(stage => stage.Name).ShouldBe(["dev", "rel", "prod"]);
        apps.Settings.Read().ShouldBe(new Settings
        {
            Domain = "dolgolyov-family.by",
            ServerIp = "93.84.96.191",
            Network = "staging-net",
            NotificationUrl = "https://notify.dolgolyov-family.by/webhook",
        });
        apps.Npm.Read().ShouldBe(new NpmAccess("http://npm:81", "docker-watcher@dolgolyov-family.by", "npm-password-here"));
        apps.Events.After(0)[^1].ShouldSatisfyAllConditions(
            last => last.Kind.ShouldBe("config-imported"),
            last => last.Text.ShouldBe("seed.yaml was imported: new are 1 registry, 1 project and 3 stages."));
    }

    [Fact]
    public async Task The_example_of_the_documentation_imports()
    {
        await using var apps = await AppsStore.CreateAsync();
        var added = await apps.Import.ImportOnFirstLaunchAsync(SeedSamples.PathInRepository("docs/examples/plimsoll.seed.yaml"), Token);
        added.ShouldBe(new(5, 2, 4));
        apps.Settings.Read().PollingSeconds.ShouldBe(300);
        apps.Projects.Find("hello")!.Repository.ShouldBe("docker.io/library/nginx");
        apps.Registries.Find("local")!.Insecure.ShouldBeTrue();
        apps.Registries.Find("hub")!.ShouldSatisfyAllConditions(hub => hub.Host.ShouldBe("docker.io"), hub => hub.Pace.ShouldBe(new(4, 5, 25)));
        apps.Registries.Find("harbor")!.RealmHost.ShouldBe("harbor.example.org");
        apps.Registries.Find("aws")!.FetchesFromAmazon.ShouldBeTrue();
        apps.Stages.All()[0].Policy.ShouldBe(new Policy
        {
            Include = ["dev-*"], Exclude = ["/-debug$/"], MinimumAge = "10m",
            Windows = [new TimeFrame("0 7 * * 1-5", "12h", "Europe/Berlin")],
            Freezes = [new TimeFrame("0 0 24 12 *", "3d", "Europe/Berlin", "holidays")],
        });
        (await apps.Import.ImportTextAsync(await File.ReadAllTextAsync(SeedSamples.PathInRepository("docs/examples/plimsoll.seed.yaml"), Token), "again.yaml", Token)).ShouldBe(new(0, 0, 0));
    }

    [Fact]
    public async Task An_authority_may_stand_in_the_file_or_beside_it_and_an_import_again_changes_nothing()
    {
        using var authority = new OwnAuthority();
        await using var apps = await AppsStore.CreateAsync();
        apps.File("ca.pem", "# ours\n" + authority.Pem);
        var inside = authority.Pem.ReplaceLineEndings("\n        ");
        var path = apps.File("seed.yaml", $"registries:\n  one:\n    url: one.lan\n    ca_file: ca.pem\n  two:\n    url: two.lan\n    requests_per_second: 0.3\n    ca: |\n        {inside}\n");
        (await apps.Import.ImportOnFirstLaunchAsync(path, Token)).ShouldBe(new(2, 0, 0));
        apps.Registries.Find("one")!.Authorities.ShouldBe(authority.Pem + "\n");
        apps.Registries.Find("two")!.Authorities.ShouldBe(authority.Pem + "\n");
        (await apps.Import.ImportAsync(SeedFile.Read(path, ["one", "two"]), Token)).ShouldBe(new(0, 0, 0));
    }

    [Theory]
    [InlineData("ca: /etc/passwd", "registries.r.ca")]
    [InlineData("ca: nonsense", "registries.r.ca")]
    [InlineData("ca_file: ca.pem", "registries.r.ca_file")]
    [InlineData("realm_host: 'https://x/'", "realm_host")]
    [InlineData("concurrency: 500", "concurrency")]
    public async Task What_does_not_fit_a_registry_is_told_with_its_place(string line, string place)
    {
        await using var apps = await AppsStore.CreateAsync();
        apps.File("ca.pem", "root:x:0:0");
        var path = apps.File("seed.yaml", $"registries:\n  r:\n    url: r.lan\n    {line}\n");
        var problem = await Should.ThrowAsync<SeedException>(() => apps.Import.ImportOnFirstLaunchAsync(path, Token));
        problem.Message.ShouldContain(place);
        problem.Message.ShouldNotContain("root:x");
    }

    [Fact]
    public async Task No_secret_is_in_the_store_or_the_events_as_plain_text()
    {
        await using var apps = await AppsStore.CreateAsync();
        await apps.Import.ImportTextAsync(SeedSamples.Full, "seed.yaml", Token);
        var bytes = Directory.GetFiles(apps.Folder).Select(path => ReadShared(path)).ToList();
        bytes.ShouldAllBe(file => !file.Contains("gitea-token-here") && !file.Contains("npm-password-here") && !file.Contains("production"));
    }

    [Fact]
    public async Task An_import_again_changes_nothing()
    {
        await using var apps = await AppsStore.CreateAsync();
        await apps.Import.ImportTextAsync(SeedSamples.Full, "seed.yaml", Token);
        (await apps.Import.ImportTextAsync(SeedSamples.Full, "seed.yaml", Token)).ShouldBe(new(0, 0, 0));
    }

    [Fact]
    public async Task What_is_new_is_added_to_what_is_there()
    {
        await using var apps = await AppsStore.CreateAsync();
        await apps.Import.ImportTextAsync(SeedSamples.Full, "seed.yaml", Token);

        var longer = SeedSamples.Full + "\n      next: { tag_pattern: next }\n  hello: { image: nginx, stages: { live: { tag_pattern: '*' } } }";
        (await apps.Import.ImportTextAsync(longer, "seed.yaml", Token)).ShouldBe(new(0, 1, 2));
        apps.Stages.OfProject(apps.Projects.Find("web-app-launcher")!.Id).Count.ShouldBe(4);
    }

    [Fact]
    public async Task Settings_that_the_file_does_not_name_stay()
    {
        await using var apps = await AppsStore.CreateAsync();
        await apps.Changes.UpdateSettingsAsync(settings => settings with { HealthSeconds = 7, Domain = "old.example" }, Token);
        await apps.Import.ImportTextAsync("global: { domain: New.Example. }", "seed.yaml", Token);
        apps.Settings.Read().ShouldBe(new Settings { Domain = "new.example", HealthSeconds = 7 });
    }

    [Fact]
    public async Task A_project_may_name_a_registry_that_is_only_in_the_store()
    {
        await using var apps = await AppsStore.CreateAsync();
        var registry = (await apps.RegistryChanges.AddAsync(new RegistryEntry { Name = "hub", Host = "docker.io" }, Token)).Value!;
        await apps.Import.ImportTextAsync(SeedSamples.Project("hello", more: "registry: hub"), "seed.yaml", Token);
        apps.Projects.Find("hello")!.RegistryId.ShouldBe(registry.Id);
    }

    [Fact]
    public async Task Every_conflict_names_its_line_and_nothing_is_imported()
    {
        await using var apps = await AppsStore.CreateAsync();
        await apps.Import.ImportTextAsync(SeedSamples.Full, "seed.yaml", Token);
        var before = apps.Snapshot();

        var problem = await Should.ThrowAsync<SeedException>(() => apps.Import.ImportTextAsync(
            """
            global:
              domain: changed.example
            registries:
              gitea: { url: https://git.dolgolyov-family.by, type: gitea, token: another }
              fresh: { url: fresh.example }
            projects:
              fresh: { image: fresh.example/a/b, registry: fresh, stages: { live: { tag_pattern: "*" } } }
              web-app-launcher: { image: nginx, port: 80 }
              thief: { image: nginx, stages: { live: { tag_pattern: "*", subdomain: launcher } } }
            """,
            "seed.yaml",
            Token));

        problem.Problems.Select(one => one.ToString()).ShouldBe(
        [
            "seed.yaml:4:3: registries.gitea: There is already a registry of this name with other values. An import only adds: change it there, or take it out of the file.",
            "seed.yaml:8:3: projects.web-app-launcher: There is already a project of this name with other values of image, registry, port, healthcheck, env. An import only adds: change it there, or take it out of the file.",
            "seed.yaml:9:3: projects.thief: The subdomain 'launcher' belongs to web-app-launcher / prod.",
        ]);
        apps.Snapshot().ShouldBe(before);
    }

    [Fact]
    public async Task A_stage_in_another_form_is_a_conflict()
    {
        await using var apps = await AppsStore.CreateAsync();
        await apps.Import.ImportTextAsync(SeedSamples.Full, "seed.yaml", Token);
        var before = apps.Snapshot();
        var problem = await Should.ThrowAsync<SeedException>(
            () => apps.Import.ImportTextAsync(SeedSamples.Full.Replace("max_instances: 5", "max_instances: 6"), "seed.yaml", Token));
        problem.Problems.ShouldHaveSingleItem().Key.ShouldBe("projects.web-app-launcher.stages.dev");
        apps.Snapshot().ShouldBe(before);
    }

    [Fact]
    public async Task Two_stages_of_a_file_cannot_share_a_subdomain_across_projects()
    {
        await using var apps = await AppsStore.CreateAsync();
        var text = "projects:\n  a: { image: nginx, stages: { s: { tag_pattern: x, subdomain: one } } }\n  b: { image: nginx, stages: { s: { tag_pattern: x, subdomain: one } } }";
        var problem = await Should.ThrowAsync<SeedException>(() => apps.Import.ImportTextAsync(text, "seed.yaml", Token));
        problem.Problems.ShouldHaveSingleItem().ToString().ShouldBe("seed.yaml:3:3: projects.b: The subdomain 'one' belongs to a / s.");
        apps.Projects.List().ShouldBeEmpty();
    }

    [Fact]
    public async Task Secrets_are_read_from_files_beside_the_configuration()
    {
        await using var apps = await AppsStore.CreateAsync();
        apps.File("token.txt", "from-a-file\n");
        apps.File("password.txt", "also from a file\r\n");
        var path = apps.File("seed.yaml", "registries: { r: { url: ghcr.io, token_file: token.txt } }\nnpm: { url: 'http://npm:81', email: a@b.c, password_file: password.txt }");
        await apps.Import.ImportOnFirstLaunchAsync(path, Token);
        apps.Registries.Find("r")!.Token.ShouldBe("from-a-file");
        apps.Npm.Read()!.Password.ShouldBe("also from a file");
    }

    [Fact]
    public async Task A_secrets_file_that_is_not_there_is_a_mistake_with_a_line()
    {
        await using var apps = await AppsStore.CreateAsync();
        var path = apps.File("seed.yaml", "registries:\n  r:\n    url: ghcr.io\n    token_file: nowhere.txt");
        var before = apps.Snapshot();
        var problem = await Should.ThrowAsync<SeedException>(() => apps.Import.ImportOnFirstLaunchAsync(path, Token));
        problem.Problems.ShouldHaveSingleItem().ToString().ShouldBe(
            $"{path}:4:5: registries.r.token_file: {Path.Combine(apps.Folder, "nowhere.txt")}: The file is not there.");
        apps.Snapshot().ShouldBe(before);
    }

    [Fact]
    public async Task A_configuration_from_the_network_reads_no_files_of_this_machine()
    {
        await using var apps = await AppsStore.CreateAsync();
        var path = apps.File("secret.txt", "hunter2");
        var problem = await Should.ThrowAsync<SeedException>(
            () => apps.Import.ImportTextAsync($"registries: {{ r: {{ url: ghcr.io, token_file: {path} }} }}", "import", Token));
        problem.Problems.ShouldHaveSingleItem().Key.ShouldBe("registries.r.token_file");
    }

    [Fact]
    public async Task The_first_launch_reads_the_file_and_no_later_one_looks_at_it()
    {
        await using var apps = await AppsStore.CreateAsync();
        var path = apps.File("seed.yaml", SeedSamples.Full);
        (await apps.Import.ImportOnFirstLaunchAsync(path, Token)).ShouldBe(new(1, 1, 3));
        File.Delete(path);
        (await apps.Import.ImportOnFirstLaunchAsync(path, Token)).ShouldBeNull();
    }

    [Fact]
    public async Task A_store_with_a_project_is_past_its_first_launch()
    {
        await using var apps = await AppsStore.CreateAsync();
        await apps.Changes.AddProjectAsync(new Project { Name = "mine", Repository = "nginx" }, [], Token);
        (await apps.Import.ImportOnFirstLaunchAsync("/nowhere.yaml", Token)).ShouldBeNull();
    }

    [Theory]
    [InlineData("nowhere.yaml", "The file is not there.")]
    [InlineData(".", "The file cannot be read: permission denied, or it is a folder.")]
    [InlineData("broken.yaml", "not YAML")]
    [InlineData("binary.yaml", "it is not text in UTF-8")]
    public async Task A_first_launch_with_a_bad_file_is_stopped_with_a_sentence_and_tried_again_later(string name, string part)
    {
        await using var apps = await AppsStore.CreateAsync();
        apps.File("broken.yaml", "global: {");
        await File.WriteAllBytesAsync(Path.Combine(apps.Folder, "binary.yaml"), [0xff, 0xfe, 0x00], Token);
        var problem = await Should.ThrowAsync<SeedException>(() => apps.Import.ImportOnFirstLaunchAsync(Path.Combine(apps.Folder, name), Token));
        problem.Message.ShouldContain(part);
        problem.Message.ShouldContain(name);

        var good = apps.File("good.yaml", SeedSamples.Full);
        (await apps.Import.ImportOnFirstLaunchAsync(good, Token)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_byte_order_mark_is_no_mistake()
    {
        await using var apps = await AppsStore.CreateAsync();
        var path = Path.Combine(apps.Folder, "bom.yaml");
        await File.WriteAllTextAsync(path, SeedSamples.Full, System.Text.Encoding.UTF8, Token);
        (await apps.Import.ImportOnFirstLaunchAsync(path, Token)).ShouldNotBeNull();
    }

    private static string ReadShared(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
        return reader.ReadToEnd();
    }
}
