using System.Text;
using Microsoft.AspNetCore.Http;
using Plimsoll.Registry;

namespace Plimsoll.Tests.Registry;

public sealed class SignInTests
{
    private static readonly SampleImage image = new();
    private static readonly RegistryAccess user = new("user", "secret", false);
    private static readonly string basic = "Basic " + Convert.ToBase64String("user:secret"u8);
    private static readonly RequestDelegate manifest = context => context.Manifest(image.Manifest);

    [Fact]
    public async Task A_public_image_is_read_with_an_anonymous_token()
    {
        await using var registry = await RegistryDouble.StartAsync(new TokenServer(manifest).HandleAsync);
        await using var client = Clients.New();
        (await client.ResolveAsync(registry.Image(), null, Clients.Cancel)).Digest.ShouldBe(image.Digest);
        registry.Lines.ShouldBe(
            [
                "HEAD /v2/team/app/manifests/1",
                "GET /token?service=reg&scope=repository%3Ateam%2Fapp%3Apull&client_id=plimsoll",
                "HEAD /v2/team/app/manifests/1",
            ]);
        registry.Requests.Select(request => request.Authorization).ShouldBe([null, null, "Bearer public-1"]);
    }

    [Fact]
    public async Task A_credential_goes_to_the_token_server_and_the_token_to_the_registry()
    {
        await using var registry = await RegistryDouble.StartAsync(new TokenServer(manifest) { OpensToAnonymous = false }.HandleAsync);
        await using var client = Clients.New();
        var found = await client.ResolveAsync(registry.Image(), user, Clients.Cancel);
        found.CredentialRefused.ShouldBeFalse();
        registry.Requests.Select(request => request.Authorization).ShouldBe([null, basic, "Bearer private-1"]);
        registry.Requests[1].Query.ShouldContain("account=user");
    }

    [Fact]
    public async Task Once_let_in_the_next_request_needs_one_round_trip()
    {
        await using var registry = await RegistryDouble.StartAsync(new TokenServer(manifest).HandleAsync);
        await using var client = Clients.New();
        await client.ResolveAsync(registry.Image(), user, Clients.Cancel);
        await client.ResolveAsync(registry.Image(), user, Clients.Cancel);
        registry.Requests.Count.ShouldBe(4);
        registry.Requests[^1].Authorization.ShouldBe("Bearer private-1");
    }

    [Theory]
    [InlineData("300", 289, 1)]
    [InlineData("300", 291, 2)]
    [InlineData(null, 49, 1)]
    [InlineData(null, 51, 2)]
    [InlineData("0", 49, 1)]
    [InlineData("-7", 51, 2)]
    [InlineData("\"120\"", 109, 1)]
    [InlineData("\"120\"", 111, 2)]
    [InlineData("1e300", 49, 1)]
    [InlineData("99999999999999", 43000, 1)]
    [InlineData("99999999999999", 43300, 2)]
    [InlineData("{}", 51, 2)]
    public async Task A_token_is_used_until_shortly_before_it_runs_out(string? expiresIn, int later, int issued)
    {
        var time = new ManualTime();
        var server = new TokenServer(manifest) { ExpiresIn = expiresIn };
        await using var registry = await RegistryDouble.StartAsync(server.HandleAsync);
        await using var client = Clients.New(time: time);
        await client.ResolveAsync(registry.Image(), null, Clients.Cancel);
        time.Advance(TimeSpan.FromSeconds(later));
        await client.ResolveAsync(registry.Image(), null, Clients.Cancel);
        server.Issued.ShouldBe(issued);

        // A remembered realm is asked at once; the registry's refusal is not waited for.
        registry.Lines.Count(line => line.StartsWith("HEAD", StringComparison.Ordinal)).ShouldBe(3);
    }

    [Theory]
    [InlineData("token")]
    [InlineData("access_token")]
    public async Task A_token_may_be_called_either_name(string member)
    {
        await using var registry = await RegistryDouble.StartAsync(new TokenServer(manifest) { TokenMember = member }.HandleAsync);
        await using var client = Clients.New();
        (await client.ResolveAsync(registry.Image(), null, Clients.Cancel)).Digest.ShouldBe(image.Digest);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"token":""}""")]
    [InlineData("""{"token":null,"access_token":5}""")]
    [InlineData("""{"token":"line\r\nbreak"}""")]
    [InlineData("""{"token":"\ud800"}""")]
    [InlineData("[]")]
    [InlineData("no json")]
    [InlineData("")]
    public async Task An_answer_without_a_usable_token_is_a_bad_answer(string body)
    {
        await using var registry = await RegistryDouble.StartAsync(context => context.Request.Path == "/token"
            ? context.Json(body)
            : context.Challenge($"Bearer realm=\"http://{context.Request.Host}/token\""));
        await using var client = Clients.New();
        (await Fails(client, registry)).Failure.ShouldBe(RegistryFailure.BadAnswer);
    }

    [Fact]
    public async Task A_token_answer_without_end_is_cut_off()
    {
        await using var registry = await RegistryDouble.StartAsync(context => context.Request.Path == "/token"
            ? context.Bytes(new byte[65 * 1024], "application/json")
            : context.Challenge($"Bearer realm=\"http://{context.Request.Host}/token\""));
        await using var client = Clients.New();
        (await Fails(client, registry)).Failure.ShouldBe(RegistryFailure.TooLarge);
    }

    [Theory]
    [InlineData("Bearer realm=\"{origin}/token\"", "?scope=repository%3Ateam%2Fapp%3Apull&client_id=plimsoll")]
    [InlineData("bEaReR realm=\"{origin}/token\", scope=aws", "?scope=aws&client_id=plimsoll")]
    [InlineData("Bearer scope=\"a:b:pull c:d:pull\",realm=\"{origin}/token?x=1&y=2\",service=\"a b&c\"", "?x=1&y=2&service=a%20b%26c&scope=a%3Ab%3Apull&scope=c%3Ad%3Apull&client_id=plimsoll")]
    [InlineData("Basic realm=\"x\", Bearer realm=\"{origin}/token\"", "?scope=repository%3Ateam%2Fapp%3Apull&client_id=plimsoll")]
    public async Task A_challenge_may_leave_out_service_and_scope_or_name_several(string challenge, string query)
    {
        await using var registry = await RegistryDouble.StartAsync(new TokenServer(manifest) { Challenge = challenge }.HandleAsync);
        await using var client = Clients.New();
        await client.ResolveAsync(registry.Image(), null, Clients.Cancel);
        registry.Requests[1].Query.ShouldBe(query);
    }

    [Fact]
    public async Task Of_two_headers_the_token_is_preferred()
    {
        var tokens = new TokenServer(manifest);
        await using var registry = await RegistryDouble.StartAsync(context => context.Request.Headers.Authorization.Count == 0 && context.Request.Path != "/token"
            ? context.Challenge("Basic realm=\"Gitea\"", $"Bearer realm=\"http://{context.Request.Host}/token\"")
            : tokens.HandleAsync(context));
        await using var client = Clients.New();
        await client.ResolveAsync(registry.Image(), user, Clients.Cancel);
        registry.Requests[^1].Authorization.ShouldBe("Bearer private-1");
    }

    [Fact]
    public async Task Where_the_token_server_may_not_be_asked_the_registry_is_given_the_credential_itself()
    {
        await using var registry = await RegistryDouble.StartAsync(context => context.Request.Headers.Authorization == basic
            ? manifest(context)
            : context.Challenge("Bearer realm=\"http://10.0.0.9:3000/v2/token\"", "Basic realm=\"Gitea\""));
        await using var client = Clients.New();
        (await client.ResolveAsync(registry.Image(), user, Clients.Cancel)).Digest.ShouldBe(image.Digest);
    }

    [Fact]
    public async Task Where_the_token_server_does_not_answer_the_registry_is_given_the_credential_itself()
    {
        await using var registry = await RegistryDouble.StartAsync(context => (context.Request.Path.Value, context.Request.Headers.Authorization.ToString()) switch
        {
            ("/token", _) => context.Status(404),
            (_, var sent) when sent == basic => manifest(context),
            _ => context.Challenge($"Bearer realm=\"http://{context.Request.Host}/token\", Basic"),
        });
        await using var client = Clients.New();
        (await client.ResolveAsync(registry.Image(), user, Clients.Cancel)).Digest.ShouldBe(image.Digest);
    }

    [Fact]
    public async Task A_registry_with_Basic_gets_the_credential_and_the_next_time_at_once()
    {
        await using var registry = await RegistryDouble.StartAsync(context =>
            context.Request.Headers.Authorization == basic ? manifest(context) : context.Challenge("basic realm=\"r\""));
        await using var client = Clients.New();
        await client.ResolveAsync(registry.Image(), user, Clients.Cancel);
        await client.ResolveAsync(registry.Image(), user, Clients.Cancel);
        registry.Requests.Select(request => request.Authorization).ShouldBe([null, basic, basic]);
    }

    [Fact]
    public async Task A_password_outside_ascii_is_sent_as_utf8()
    {
        var expected = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("robot$a+b:pä:ß"));
        await using var registry = await RegistryDouble.StartAsync(context =>
            context.Request.Headers.Authorization == expected ? manifest(context) : context.Challenge("Basic"));
        await using var client = Clients.New();
        await client.ResolveAsync(registry.Image(), new RegistryAccess("robot$a+b", "pä:ß", false), Clients.Cancel);
    }

    [Theory]
    [InlineData("Basic realm=\"r\"", "user name and a password")]
    [InlineData("Negotiate, Digest realm=\"x\"", "negotiate, digest")]
    [InlineData("", "without saying how")]
    [InlineData("Bearer", "no token server")]
    [InlineData("Bearer realm=\"http://169.254.169.254/latest\"", "169.254.169.254")]
    public async Task A_door_without_a_key_is_described(string challenge, string expected)
    {
        await using var registry = await RegistryDouble.StartAsync(context => context.Challenge(challenge));
        await using var client = Clients.New();
        var failure = await Fails(client, registry);
        failure.Message.ShouldContain(expected);
        registry.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("Basic")]
    [InlineData("Bearer realm=\"{origin}/token\"")]
    [InlineData("Bearer realm=\"{origin}/token\",scope=\"{count}\"")]
    [InlineData("Bearer realm=\"{origin}/token\",scope=\"{count}\", Basic")]
    public async Task A_registry_that_refuses_for_ever_is_asked_at_most_three_times(string challenge)
    {
        var count = 0;
        await using var registry = await RegistryDouble.StartAsync(context => context.Request.Path == "/token"
            ? context.Json("""{"token":"t"}""")
            : context.Challenge(challenge
                .Replace("{origin}", $"http://{context.Request.Host}", StringComparison.Ordinal)
                .Replace("{count}", $"{Interlocked.Increment(ref count)}", StringComparison.Ordinal)));
        await using var client = Clients.New();
        for (var round = 0; round < 2; round++)
        {
            var before = registry.Lines.Count(line => line.StartsWith("HEAD", StringComparison.Ordinal));
            (await Fails(client, registry, user)).Failure.ShouldBe(RegistryFailure.Unauthorized);
            (registry.Lines.Count(line => line.StartsWith("HEAD", StringComparison.Ordinal)) - before).ShouldBeInRange(2, 3);
        }
    }

    [Fact]
    public async Task A_scope_that_was_missing_is_asked_for_first()
    {
        await using var registry = await RegistryDouble.StartAsync(context =>
        {
            if (context.Request.Path == "/token")
            {
                return context.Json($$"""{"token":"{{context.Request.Query["scope"].Count}}"}""");
            }

            var realm = $"Bearer realm=\"http://{context.Request.Host}/token\"";
            return context.Request.Headers.Authorization.ToString() switch
            {
                "" => context.Challenge($"{realm},scope=\"repository:team/app:pull\""),
                "Bearer 1" => context.Challenge($"{realm},scope=\"repository:base/layer:pull\",error=\"insufficient_scope\""),
                _ => manifest(context),
            };
        });
        await using var client = Clients.New();
        await client.ResolveAsync(registry.Image(), null, Clients.Cancel);
        registry.Requests.Last(request => request.Path == "/token").Query
            .ShouldStartWith("?scope=repository%3Abase%2Flayer%3Apull&scope=repository%3Ateam%2Fapp%3Apull");
    }

    [Fact]
    public async Task A_token_that_was_withdrawn_early_is_replaced()
    {
        var server = new TokenServer(manifest);
        await using var registry = await RegistryDouble.StartAsync(server.HandleAsync);
        await using var client = Clients.New();
        await client.ResolveAsync(registry.Image(), null, Clients.Cancel);
        server.Withdrawn.Add("public-1");
        (await client.ResolveAsync(registry.Image(), null, Clients.Cancel)).Digest.ShouldBe(image.Digest);
        registry.Requests[^1].Authorization.ShouldBe("Bearer public-2");
    }

    [Fact]
    public async Task A_token_server_that_moved_is_found_again()
    {
        var time = new ManualTime();
        var path = "/old";
        await using var registry = await RegistryDouble.StartAsync(context => context.Request.Path.Value switch
        {
            var asked when asked == path => context.Json("""{"token":"t"}"""),
            "/old" or "/new" => context.Status(404),
            _ when context.Request.Headers.Authorization.Count > 0 => manifest(context),
            _ => context.Challenge($"Bearer realm=\"http://{context.Request.Host}{path}\""),
        });
        await using var client = Clients.New(time: time);
        await client.ResolveAsync(registry.Image(), null, Clients.Cancel);
        path = "/new";
        time.Advance(TimeSpan.FromMinutes(2));
        (await client.ResolveAsync(registry.Image(), null, Clients.Cancel)).Digest.ShouldBe(image.Digest);
    }

    [Fact]
    public async Task Many_at_once_share_one_token()
    {
        var server = new TokenServer(manifest);
        var arrived = 0;
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registry = await RegistryDouble.StartAsync(async context =>
        {
            // Nobody gets a token before everybody has been refused.
            if (context.Request.Path == "/token")
            {
                await all.Task;
            }
            else if (context.Request.Headers.Authorization.Count == 0 && Interlocked.Increment(ref arrived) == 12)
            {
                all.SetResult();
            }

            await server.HandleAsync(context);
        });
        await using var client = Clients.New();
        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => client.ResolveAsync(registry.Image(), null, Clients.Cancel)));
        server.Issued.ShouldBe(1);
    }

    [Fact]
    public async Task A_caller_who_gives_up_takes_no_token_from_the_others()
    {
        var server = new TokenServer(manifest);
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registry = await RegistryDouble.StartAsync(async context =>
        {
            if (context.Request.Path == "/token")
            {
                asked.TrySetResult();
                await release.Task;
            }

            await server.HandleAsync(context);
        });
        await using var client = Clients.New();
        using var impatient = CancellationTokenSource.CreateLinkedTokenSource(Clients.Cancel);
        var first = client.ResolveAsync(registry.Image(), null, impatient.Token);
        await asked.Task;
        var second = client.ResolveAsync(registry.Image(), null, Clients.Cancel);
        await impatient.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => first);
        release.SetResult();
        (await second).Digest.ShouldBe(image.Digest);
        server.Issued.ShouldBe(1);
    }

    [Fact]
    public async Task Users_and_passwords_do_not_share_tokens()
    {
        var server = new TokenServer(manifest) { OpensToAnonymous = false };
        await using var registry = await RegistryDouble.StartAsync(server.HandleAsync);
        await using var client = Clients.New();
        await client.ResolveAsync(registry.Image(), user, Clients.Cancel);
        (await Fails(client, registry)).Failure.ShouldBe(RegistryFailure.Unauthorized);
        (await Fails(client, registry, user with { Password = "wrong" })).Failure.ShouldBe(RegistryFailure.Unauthorized);
        (await Fails(client, registry, user with { Username = "other" })).Failure.ShouldBe(RegistryFailure.Unauthorized);
    }

    [Fact]
    public async Task A_refused_credential_does_not_hide_a_public_image_and_is_told()
    {
        var told = new List<CredentialRefusal>();
        await using var registry = await RegistryDouble.StartAsync(new TokenServer(manifest).HandleAsync);
        await using var client = Clients.New(new RegistryClientOptions { OnCredentialRefused = told.Add });
        var found = await client.ResolveAsync(registry.Image(), user with { Password = "stale" }, Clients.Cancel);
        found.CredentialRefused.ShouldBeTrue();
        var refusal = told.ShouldHaveSingleItem();
        (refusal.Registry, refusal.Username).ShouldBe((registry.Host, "user"));
        refusal.Sentence.ShouldContain("incorrect username or password");

        // A wrong password is not tried again on every look: that locks accounts.
        await client.ResolveAsync(registry.Image(), user with { Password = "stale" }, Clients.Cancel);
        registry.Requests.Count(request => request.Authorization?.StartsWith("Basic", StringComparison.Ordinal) == true).ShouldBe(1);
        told.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_refused_credential_is_the_reason_when_the_image_is_private()
    {
        await using var registry = await RegistryDouble.StartAsync(new TokenServer(manifest) { OpensToAnonymous = false }.HandleAsync);
        await using var client = Clients.New();
        var failure = await Fails(client, registry, user with { Password = "stale" });
        failure.Failure.ShouldBe(RegistryFailure.Unauthorized);
        failure.Message.ShouldContain("refused the credential of user user");
        failure.ToString().ShouldNotContain("stale");
    }

    [Fact]
    public async Task A_refused_credential_is_tried_again_after_a_while()
    {
        var time = new ManualTime();
        await using var registry = await RegistryDouble.StartAsync(new TokenServer(manifest).HandleAsync);
        await using var client = Clients.New(time: time);
        await client.ResolveAsync(registry.Image(), user with { Password = "stale" }, Clients.Cancel);
        time.Advance(TimeSpan.FromMinutes(6));
        await client.ResolveAsync(registry.Image(), user with { Password = "stale" }, Clients.Cancel);
        registry.Requests.Count(request => request.Authorization?.StartsWith("Basic", StringComparison.Ordinal) == true).ShouldBe(2);
    }

    [Fact]
    public async Task A_token_server_that_is_asked_too_often_is_left_alone()
    {
        await using var registry = await RegistryDouble.StartAsync(context =>
        {
            context.Response.Headers.RetryAfter = "7";
            return context.Request.Path == "/token"
                ? context.Json("""{"message":"slow down"}""", 429)
                : context.Challenge($"Bearer realm=\"http://{context.Request.Host}/token\", Basic");
        });
        await using var client = Clients.New();
        var failure = await Fails(client, registry, user);
        (failure.Failure, failure.RetryAfter, failure.IsTransient).ShouldBe((RegistryFailure.RateLimited, TimeSpan.FromSeconds(7), true));
    }

    [Fact]
    public async Task A_token_server_elsewhere_is_asked_and_a_redirect_from_it_loses_the_credential()
    {
        using var certificate = RegistryDouble.SelfSigned("auth.example.com");
        await using var other = await RegistryDouble.StartAsync(context => context.Json("""{"token":"t"}"""), certificate);
        await using var authority = await RegistryDouble.StartAsync(context => context.Redirect("https://other.example.com/token"), certificate);
        await using var registry = await RegistryDouble.StartAsync(
            context => context.Request.Headers.Authorization == "Bearer t" ? manifest(context) : context.Challenge("Bearer realm=\"https://auth.example.com/jwt\""),
            certificate);
        await using var client = Clients.New(Clients.WithNames(
            ("registry.example.com:443", registry), ("auth.example.com:443", authority), ("other.example.com:443", other)));
        await client.ResolveAsync(ImageReference.Parse("registry.example.com/team/app:1"), user, Clients.Cancel);
        authority.Requests.ShouldHaveSingleItem().Authorization.ShouldBe(basic);
        other.Requests.ShouldHaveSingleItem().Authorization.ShouldBeNull();
    }

    [Fact]
    public async Task A_private_token_server_is_asked_only_when_it_is_trusted()
    {
        await using var authority = await RegistryDouble.StartAsync(context => context.Json("""{"token":"t"}"""));
        await using var registry = await RegistryDouble.StartAsync(context => context.Request.Headers.Authorization == "Bearer t"
            ? manifest(context)
            : context.Challenge($"Bearer realm=\"{authority.Origin}/token\""));
        await using var careful = Clients.New();
        (await Fails(careful, registry)).Failure.ShouldBe(RegistryFailure.BadAnswer);
        authority.Requests.ShouldBeEmpty();
        await using var trusting = Clients.New(new RegistryClientOptions { TrustedTokenServers = new HashSet<string> { authority.Host } });
        (await trusting.ResolveAsync(registry.Image(), null, Clients.Cancel)).Digest.ShouldBe(image.Digest);
    }

    [Fact]
    public async Task A_secret_that_the_server_repeats_is_blotted_out()
    {
        await using var registry = await RegistryDouble.StartAsync(context => context.Request.Headers.Authorization.Count > 0
            ? context.Json("""{"errors":[{"code":"DENIED","message":"no, secret is wrong"}]}""", 403)
            : context.Challenge("Basic"));
        await using var client = Clients.New();
        var failure = await Should.ThrowAsync<RegistryException>(() => client.ListTagsAsync(registry.Image(), user, Clients.Cancel).ToListAsync());
        failure.Failure.ShouldBe(RegistryFailure.Denied);
        failure.Message.ShouldContain("no, … is wrong");
    }

    [Fact]
    public void Access_prints_no_secret()
    {
        var text = $"{user} {user with { AllowHttp = true }} {RegistryAccess.Anonymous}";
        text.ShouldBe("user user user user, http allowed anonymous");
    }

    private static Task<RegistryException> Fails(RegistryClient client, RegistryDouble registry, RegistryAccess? access = null) =>
        Should.ThrowAsync<RegistryException>(() => client.ResolveAsync(registry.Image(), access, Clients.Cancel));
}
