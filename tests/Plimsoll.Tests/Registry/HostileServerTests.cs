using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Plimsoll.Registry;

namespace Plimsoll.Tests.Registry;

/// <summary>Servers that break off, never end, never answer or speak something else: always one exception, soon, and never much memory.</summary>
public sealed class HostileServerTests
{
    private static readonly SampleImage image = new();

    [Fact]
    public async Task A_manifest_that_is_cut_off_is_a_bad_answer_worth_asking_again()
    {
        await using var registry = await RegistryDouble.StartAsync(async context =>
        {
            context.Response.ContentLength = image.Manifest.Length;
            await context.Response.Body.WriteAsync(image.Manifest.AsMemory(0, 20));
            await context.Response.Body.FlushAsync();
            context.Abort();
        });
        await using var client = Clients.New();
        var failure = await FailsToRead(client, registry.Image());
        (failure.Failure, failure.IsTransient).ShouldBe((RegistryFailure.BadAnswer, true));
    }

    [Fact]
    public async Task A_chunked_manifest_that_is_cut_off_is_a_bad_answer_too()
    {
        await using var registry = await RegistryDouble.StartAsync(async context =>
        {
            await context.Response.Body.WriteAsync("{"u8.ToArray());
            await context.Response.Body.FlushAsync();
            context.Abort();
        });
        await using var client = Clients.New();
        (await FailsToRead(client, registry.Image())).Failure.ShouldBe(RegistryFailure.BadAnswer);
    }

    [Fact]
    public async Task A_manifest_that_announces_too_much_is_not_read()
    {
        await using var registry = await RegistryDouble.StartAsync(async context =>
        {
            context.Response.ContentLength = 10_000_000_000;
            await context.Response.StartAsync();
            await context.Response.Body.FlushAsync();
            await Aborted(context);
        });
        await using var client = Clients.New();
        (await FailsToRead(client, registry.Image())).Failure.ShouldBe(RegistryFailure.TooLarge);
    }

    [Fact]
    public async Task A_manifest_without_end_is_cut_off()
    {
        await using var registry = await RegistryDouble.StartAsync(async context =>
        {
            var piece = new byte[64 * 1024];
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(piece);
            }
        });
        await using var client = Clients.New(new RegistryClientOptions { MaxManifestBytes = 1_000_000 });
        (await FailsToRead(client, registry.Image())).Failure.ShouldBe(RegistryFailure.TooLarge);
    }

    [Fact]
    public async Task A_manifest_of_exactly_the_limit_is_accepted_and_one_byte_more_is_not()
    {
        await using var registry = await RegistryDouble.StartAsync(SampleImage.Serve(image.Manifest, image));
        await using var enough = Clients.New(new RegistryClientOptions { MaxManifestBytes = image.Manifest.Length });
        await enough.ReadConfigurationAsync(registry.Image(), new Platform("linux", "amd64", null), null, Clients.Cancel);
        await using var less = Clients.New(new RegistryClientOptions { MaxManifestBytes = image.Manifest.Length - 1 });
        (await FailsToRead(less, registry.Image())).Failure.ShouldBe(RegistryFailure.TooLarge);
    }

    [Fact]
    public async Task A_configuration_that_is_declared_too_large_is_not_fetched()
    {
        var manifest = Encoding.UTF8.GetBytes($$$"""{"config":{"digest":"{{{image.ConfigurationDigest}}}","size":99999999999}}""");
        await using var registry = await RegistryDouble.StartAsync(context => context.Manifest(manifest));
        await using var client = Clients.New();
        (await FailsToRead(client, registry.Image())).Failure.ShouldBe(RegistryFailure.TooLarge);
        registry.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_list_of_tags_without_end_is_cut_off()
    {
        await using var registry = await RegistryDouble.StartAsync(context => context.Bytes(new byte[200_000], "application/json"));
        await using var client = Clients.New(new RegistryClientOptions { MaxTagPageBytes = 100_000 });
        var failure = await Should.ThrowAsync<RegistryException>(() => client.ListTagsAsync(registry.Image(), null, Clients.Cancel).ToListAsync());
        failure.Failure.ShouldBe(RegistryFailure.TooLarge);
    }

    [Fact]
    public async Task Headers_without_end_are_cut_off()
    {
        await using var registry = await RegistryDouble.StartAsync(context =>
        {
            for (var number = 0; number < 40; number++)
            {
                context.Response.Headers[$"X-{number}"] = new string('x', 4000);
            }

            return context.Manifest(image.Manifest);
        });
        await using var client = Clients.New();
        (await FailsToResolve(client, registry.Image())).Failure.ShouldBe(RegistryFailure.TooLarge);
    }

    [Fact]
    public async Task A_server_that_never_answers_is_given_up_in_time()
    {
        var time = new ManualTime();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registry = await RegistryDouble.StartAsync(context =>
        {
            asked.TrySetResult();
            return Aborted(context);
        });
        await using var client = Clients.New(time: time);
        var resolving = client.ResolveAsync(registry.Image(), null, Clients.Cancel);
        await asked.Task;
        time.Advance(TimeSpan.FromSeconds(15));
        var failure = await Should.ThrowAsync<RegistryException>(() => resolving);
        (failure.Failure, failure.IsTransient).ShouldBe((RegistryFailure.Unreachable, true));
        failure.Message.ShouldContain("within 15 s");
        registry.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_body_that_stops_halfway_is_given_up_in_time()
    {
        var time = new ManualTime();
        var sent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registry = await RegistryDouble.StartAsync(async context =>
        {
            await context.Response.Body.WriteAsync("{"u8.ToArray());
            await context.Response.Body.FlushAsync();
            sent.TrySetResult();
            await Aborted(context);
        });
        await using var client = Clients.New(time: time);
        var reading = client.ReadConfigurationAsync(registry.Image(), new Platform("linux", "amd64", null), null, Clients.Cancel);
        await sent.Task;
        time.Advance(TimeSpan.FromSeconds(15));
        (await Should.ThrowAsync<RegistryException>(() => reading)).Failure.ShouldBe(RegistryFailure.Unreachable);
    }

    [Fact]
    public async Task A_caller_who_cancels_gets_a_cancellation_and_no_failure()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registry = await RegistryDouble.StartAsync(context =>
        {
            asked.TrySetResult();
            return Aborted(context);
        });
        await using var client = Clients.New();
        using var cancel = new CancellationTokenSource();
        var resolving = client.ResolveAsync(registry.Image(), null, cancel.Token);
        await asked.Task;
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => resolving);
    }

    [Fact]
    public async Task Closing_the_client_ends_what_is_being_asked_of_a_token_server()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registry = await RegistryDouble.StartAsync(context =>
        {
            if (context.Request.Path != "/token")
            {
                return context.Challenge($"Bearer realm=\"http://{context.Request.Host}/token\"");
            }

            asked.TrySetResult();
            return Aborted(context);
        });
        var client = Clients.New(time: new ManualTime());
        var resolving = client.ResolveAsync(registry.Image(), null, Clients.Cancel);
        await asked.Task;
        await client.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30), Clients.Cancel);
        await Should.ThrowAsync<OperationCanceledException>(() => resolving);
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.6\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n")]
    [InlineData("HTTP/1.1 999999 ?\r\n\r\n")]
    [InlineData("")]
    public async Task A_server_that_does_not_speak_http_is_a_bad_answer(string greeting)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServeRawAsync(listener, greeting);
        await using (var client = Clients.New())
        {
            var failure = await FailsToResolve(client, ImageReference.Parse($"{listener.LocalEndpoint}/app:1"));
            failure.Failure.ShouldBe(RegistryFailure.BadAnswer);
        }

        listener.Stop();
        await serving;
    }

    [Fact]
    public async Task Nobody_there_is_unreachable()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = listener.LocalEndpoint.ToString();
        listener.Stop();
        await using var client = Clients.New();
        var failure = await FailsToResolve(client, ImageReference.Parse($"{address}/app:1"));
        (failure.Failure, failure.IsTransient).ShouldBe((RegistryFailure.Unreachable, true));
        failure.Message.ShouldContain(address!);
    }

    private static async Task ServeRawAsync(TcpListener listener, string greeting)
    {
        try
        {
            while (true)
            {
                using var connection = await listener.AcceptSocketAsync();
                await connection.ReceiveAsync(new byte[4096]);
                await connection.SendAsync(Encoding.ASCII.GetBytes(greeting));
            }
        }
        catch (SocketException)
        {
            // The test is over.
        }
        catch (InvalidOperationException)
        {
            // The test is over.
        }
    }

    private static async Task Aborted(HttpContext context)
    {
        var over = new TaskCompletionSource();
        await using var registration = context.RequestAborted.Register(() => over.TrySetResult());
        await over.Task;
    }

    private static Task<RegistryException> FailsToResolve(RegistryClient client, ImageReference reference) =>
        Should.ThrowAsync<RegistryException>(() => client.ResolveAsync(reference, null, Clients.Cancel));

    private static Task<RegistryException> FailsToRead(RegistryClient client, ImageReference reference) =>
        Should.ThrowAsync<RegistryException>(() => client.ReadConfigurationAsync(reference, new Platform("linux", "amd64", null), null, Clients.Cancel));
}
