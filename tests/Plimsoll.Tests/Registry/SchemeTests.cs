using Plimsoll.Registry;

namespace Plimsoll.Tests.Registry;

public sealed class SchemeTests
{
    private static readonly SampleImage image = new();
    private static readonly ImageReference lan = ImageReference.Parse("registry.lan:5000/app:1");
    private static readonly RegistryAccess insecure = new(null, null, true);

    [Fact]
    public async Task Plain_http_is_not_spoken_to_a_registry_that_is_not_marked_insecure()
    {
        await using var registry = await RegistryDouble.StartAsync(context => context.Manifest(image.Manifest));
        await using var client = Clients.New(Clients.WithNames(("registry.lan:5000", registry)));
        var failure = await Should.ThrowAsync<RegistryException>(() => client.ResolveAsync(lan, new RegistryAccess("user", "secret", false), Clients.Cancel));
        failure.Failure.ShouldBe(RegistryFailure.Unreachable);
        registry.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_registry_marked_insecure_is_reached_by_http_where_https_does_not_answer()
    {
        await using var registry = await RegistryDouble.StartAsync(context => context.Manifest(image.Manifest));
        await using var client = Clients.New(Clients.WithNames(("registry.lan:5000", registry)));
        (await client.ResolveAsync(lan, insecure, Clients.Cancel)).Digest.ShouldBe(image.Digest);

        // What one user allowed does not open the door for another.
        await Should.ThrowAsync<RegistryException>(() => client.ResolveAsync(lan, null, Clients.Cancel));
        registry.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_registry_marked_insecure_is_still_reached_by_https_where_that_answers()
    {
        using var certificate = RegistryDouble.SelfSigned("registry.lan");
        await using var registry = await RegistryDouble.StartAsync(context => context.Manifest(image.Manifest), certificate);
        await using var client = Clients.New(Clients.WithNames(("registry.lan:5000", registry)));
        (await client.ResolveAsync(lan, insecure, Clients.Cancel)).Digest.ShouldBe(image.Digest);
    }

    [Fact]
    public async Task A_registry_on_this_machine_may_also_speak_https()
    {
        using var certificate = RegistryDouble.SelfSigned("localhost");
        await using var registry = await RegistryDouble.StartAsync(context => context.Manifest(image.Manifest), certificate);
        await using var client = Clients.New(new RegistryClientOptions
        {
            ConfigureHandler = handler => handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true,
        });
        (await client.ResolveAsync(registry.Image(), null, Clients.Cancel)).Digest.ShouldBe(image.Digest);
    }

    [Fact]
    public async Task A_400_to_the_first_plain_request_is_passed_on_where_https_does_not_answer_either()
    {
        await using var registry = await RegistryDouble.StartAsync(context => context.Status(400));
        await using var client = Clients.New();
        var failure = await Should.ThrowAsync<RegistryException>(() => client.ResolveAsync(registry.Image(), null, Clients.Cancel));
        failure.Message.ShouldContain("answered 400");
    }

    [Fact]
    public async Task A_certificate_nobody_vouches_for_is_refused_and_named()
    {
        using var certificate = RegistryDouble.SelfSigned("localhost");
        await using var registry = await RegistryDouble.StartAsync(context => context.Manifest(image.Manifest), certificate);
        await using var client = Clients.New();
        var failure = await Should.ThrowAsync<RegistryException>(() => client.ResolveAsync(registry.Image(), null, Clients.Cancel));
        failure.Failure.ShouldBe(RegistryFailure.Unreachable);
        failure.Message.ShouldContain("authority that this machine does not know");
        registry.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_registry_that_moves_from_http_to_https_is_found_again()
    {
        using var certificate = RegistryDouble.SelfSigned("registry.lan");
        await using var plain = await RegistryDouble.StartAsync(context => context.Manifest(image.Manifest));
        await using var secure = await RegistryDouble.StartAsync(context => context.Manifest(image.Manifest), certificate);
        (string, RegistryDouble)[] names = [("registry.lan:5000", plain)];
        await using var client = Clients.New(Clients.WithNames(names));
        await client.ResolveAsync(lan, insecure, Clients.Cancel);
        names[0] = ("registry.lan:5000", secure);
        await plain.DisposeAsync();
        (await client.ResolveAsync(lan, insecure, Clients.Cancel)).Digest.ShouldBe(image.Digest);
        secure.Requests.Count.ShouldBe(1);
    }
}
