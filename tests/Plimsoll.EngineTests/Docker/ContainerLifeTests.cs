using System.Text.Json.Nodes;
using Plimsoll.Docker;

namespace Plimsoll.EngineTests.Docker;

public sealed class ContainerLifeTests(DockerFixture docker) : IClassFixture<DockerFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ContainerOperations Containers => docker.Engine.Containers;

    [Fact]
    public async Task A_container_lives_from_create_to_remove_and_each_step_can_be_repeated()
    {
        var wanted = docker.Running("trap 'exit 7' TERM; while true; do sleep 0.1; done") with
        {
            Environment = new Dictionary<string, string> { ["GREETING"] = "hello = world" },
            Labels = new Dictionary<string, string> { ["plimsoll-test"] = docker.Prefix },
            RestartPolicy = "on-failure:2",
            StopTimeout = TimeSpan.FromSeconds(5),
        };
        var id = await Containers.CreateAsync(wanted, Token);
        (await Containers.InspectAsync(id, Token)).State.Status.ShouldBe("created");

        await Containers.StartAsync(id, Token);
        await Containers.StartAsync(id, Token);
        var running = await Containers.InspectAsync(wanted.Name, Token);
        running.Id.ShouldBe(id);
        running.State.Running.ShouldBeTrue();
        running.State.StartedAt.ShouldNotBeNull();
        running.State.FinishedAt.ShouldBeNull();
        running.Environment.ShouldContain("GREETING=hello = world");
        running.Labels["made-for"].ShouldBe("tests");
        running.ImageReference.ShouldBe(DockerFixture.Image);
        running.RestartPolicy.ShouldBe("on-failure:2");

        await Containers.UpdateRestartPolicyAsync(id, "unless-stopped", Token);
        (await Containers.InspectAsync(id, Token)).RestartPolicy.ShouldBe("unless-stopped");
        await Containers.StopAsync(id, timeout: null, Token);
        await Containers.StopAsync(id, TimeSpan.Zero, Token);
        (await Containers.WaitAsync(id, Token)).ShouldBe(7);
        (await Containers.InspectAsync(id, Token)).State.ExitCode.ShouldBe(7);

        await Containers.RestartAsync(id, TimeSpan.FromSeconds(1), Token);
        await Containers.RenameAsync(id, wanted.Name + "-old", Token);
        (await Containers.FindAsync(wanted.Name, Token)).ShouldBeNull();
        await Containers.RemoveAsync(id, force: true, removeAnonymousVolumes: true, Token);
        await Containers.RemoveAsync(id, force: true, removeAnonymousVolumes: true, Token);
        (await Containers.FindAsync(id, Token)).ShouldBeNull();
    }

    [Fact]
    public async Task Waiting_answers_when_the_container_ends()
    {
        var id = await docker.StartAsync(docker.Running("read line; exit 3") with { HasTty = true });
        var waiting = Containers.WaitAsync(id, Token);

        await Containers.KillAsync(id, Token);

        (await waiting).ShouldBe(137);
        await Should.ThrowAsync<DockerConflictException>(Containers.KillAsync(id, Token));
    }

    [Fact]
    public async Task Waiting_can_be_cancelled()
    {
        var id = await docker.StartAsync(docker.Running());
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var waiting = Containers.WaitAsync(id, source.Token);

        await source.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(waiting);
    }

    [Fact]
    public async Task A_taken_name_is_a_conflict_and_a_missing_image_is_not_found()
    {
        var first = docker.Running();
        await Containers.CreateAsync(first, Token);

        (await Should.ThrowAsync<DockerConflictException>(Containers.CreateAsync(first, Token))).Message.ShouldContain(first.Name);
        var missing = await Should.ThrowAsync<DockerNotFoundException>(
            Containers.CreateAsync(first with { Name = docker.NewName(), Image = "plimsoll-test/none:1" }, Token));
        missing.Message.ShouldContain("plimsoll-test/none:1");
    }

    [Fact]
    public async Task A_program_that_does_not_exist_fails_the_start_with_the_engines_reason()
    {
        var id = await Containers.CreateAsync(docker.Running() with { Command = ["/no/such/program"] }, Token);

        (await Should.ThrowAsync<DockerException>(Containers.StartAsync(id, Token))).EngineMessage.ShouldNotBeNull().ShouldContain("/no/such/program");
        (await Containers.InspectAsync(id, Token)).State.Error.ShouldContain("/no/such/program");
    }

    [Fact]
    public async Task Lists_find_by_label_and_exact_name()
    {
        var label = $"{docker.Prefix}.find";
        var stopped = docker.Running() with { Labels = new Dictionary<string, string> { [label] = "a" } };
        var running = docker.Running() with { Labels = new Dictionary<string, string> { [label] = "b" } };
        await Containers.CreateAsync(stopped, Token);
        await docker.StartAsync(running);

        (await NamesAsync(new ContainerFilter { Labels = [label], IncludeStopped = true })).ShouldBe([stopped.Name, running.Name], ignoreOrder: true);
        (await NamesAsync(new ContainerFilter { Labels = [label] })).ShouldBe([running.Name]);
        (await NamesAsync(new ContainerFilter { Labels = [$"{label}=a"], IncludeStopped = true })).ShouldBe([stopped.Name]);
        (await NamesAsync(new ContainerFilter { Names = [stopped.Name], IncludeStopped = true })).ShouldBe([stopped.Name]);
        (await NamesAsync(new ContainerFilter { Names = [docker.Prefix], IncludeStopped = true })).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_engine_takes_a_few_digits_of_an_id_for_the_whole_and_this_client_does_not()
    {
        var id = await docker.StartAsync(docker.Running());

        (await Containers.FindAsync(id[..11], Token)).ShouldBeNull();
        await Containers.RemoveAsync(id[..11], force: true, removeAnonymousVolumes: false, Token);

        (await Containers.InspectAsync(id[..12], Token)).State.Running.ShouldBeTrue();
    }

    [Fact]
    public async Task Health_goes_from_starting_to_healthy_to_unhealthy()
    {
        var id = await docker.StartAsync(docker.Running("touch /ok; sleep 1000") with
        {
            HealthCheck = new HealthCheck(["CMD-SHELL", "test -e /ok || { echo it is gone; exit 1; }"], TimeSpan.FromSeconds(1), Retries: 1),
        });
        (await Containers.InspectAsync(id, Token)).State.Health!.Status.ShouldBeOneOf(HealthStatus.Starting, HealthStatus.Healthy);
        await UntilAsync(id, health => health.Status == HealthStatus.Healthy);

        await Command.RunAsync("docker", "exec", id, "rm", "/ok");

        var sick = await UntilAsync(id, health => health.Status == HealthStatus.Unhealthy);
        sick.FailingStreak.ShouldBeGreaterThan(0);
        sick.LastOutput.ShouldBe("it is gone\n");
        (await Containers.InspectAsync(id, Token)).HasHealthCheck.ShouldBeTrue();
    }

    [Fact]
    public async Task A_container_is_created_again_from_its_own_document()
    {
        var wanted = docker.Running() with
        {
            Labels = new Dictionary<string, string> { ["a"] = "b" },
            Mounts = [new ContainerMount(MountKind.Tmpfs, null, "/scratch") { SizeBytes = 1024 * 1024 }],
            ProcessLimit = 50,
            Hostname = "keeps-it",
        };
        var first = await Containers.InspectAsync(await Containers.CreateAsync(wanted, Token), Token);
        var body = (JsonObject)first.Configuration.DeepClone();
        body["HostConfig"] = first.HostConfiguration.DeepClone();

        var second = await Containers.InspectAsync(await Containers.CreateAsync(docker.NewName(), body, Token), Token);

        JsonNode.DeepEquals(first.Configuration, second.Configuration).ShouldBeTrue();
        JsonNode.DeepEquals(first.HostConfiguration, second.HostConfiguration).ShouldBeTrue();
    }

    [Fact]
    public async Task Statistics_of_a_running_container_have_numbers_and_of_a_stopped_one_none()
    {
        var id = await docker.StartAsync(docker.Running("while true; do :; done"));

        var busy = await Containers.ReadStatisticsAsync(id, Token);
        busy.ReadAt.ShouldNotBeNull();
        busy.CpuPercent.ShouldNotBeNull().ShouldBeGreaterThan(0);
        busy.MemoryBytes.ShouldBeGreaterThan(0);

        await Containers.KillAsync(id, Token);
        await Containers.WaitAsync(id, Token);
        (await Containers.ReadStatisticsAsync(id, Token)).ReadAt.ShouldBeNull();
    }

    [Fact]
    public async Task Removals_of_the_same_container_at_the_same_time_all_end_with_it_gone()
    {
        var name = docker.Running();
        await docker.StartAsync(name);

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Containers.RemoveAsync(name.Name, force: true, removeAnonymousVolumes: true, Token)));

        await Containers.CreateAsync(name, Token);
    }

    private async Task<List<string>> NamesAsync(ContainerFilter filter) => [.. (await Containers.ListAsync(filter, Token)).Select(container => container.Name)];

    private async Task<HealthState> UntilAsync(string id, Func<HealthState, bool> condition)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        await foreach (var change in docker.Engine.Events.WatchAsync(new EventFilter { Containers = [id], Actions = ["health_status"] }, null, limit.Token))
        {
            if ((await Containers.InspectAsync(id, limit.Token)).State.Health is { } health && condition(health))
            {
                return health;
            }
        }

        throw new InvalidOperationException("The events ended.");
    }
}
