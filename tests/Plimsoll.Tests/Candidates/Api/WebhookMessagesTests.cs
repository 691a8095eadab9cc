using System.Net;
using System.Security.Cryptography;
using System.Text;
using Plimsoll.Candidates;
using Plimsoll.Candidates.Hooks;
using Plimsoll.Candidates.Senders;
using Plimsoll.Plumbing.Database;
using Plimsoll.Plumbing.Events;
using Plimsoll.Tests.Apps.Support;
using Plimsoll.Tests.Candidates.Senders;

namespace Plimsoll.Tests.Candidates.Api;

public sealed class WebhookMessagesTests
{
    private static readonly (string, string) Envelope = ("Content-Type", "application/vnd.docker.distribution.events.v2+json");

    [Fact]
    public async Task A_registrys_push_is_judged_by_the_digest_that_the_registry_names_and_not_by_the_senders()
    {
        await using var host = await WebhookHost.StartAsync();
        var answer = (await host.SendAsync(await host.PathAsync(), host.Push("v1", "e1"), Envelope)).ShouldBe(HttpStatusCode.Accepted, 0).Data;

        ((string?)answer["decision"], (string?)answer["reasonCode"], (string?)answer["deployId"]).ShouldBe(("deploy", "matches", "abc"));
        ((string?)answer["image"], (string?)answer["sender"]).ShouldBe(($"{host.Shelf.Repository}:v1", "distribution"));
        var candidate = host.Judge.Candidates.Single();
        candidate.Artifact.Digest.ToString().ShouldNotBe(SampleMessages.SomeDigest);
        candidate.RequestedBy.ShouldBe("webhook from a registry at this host");

        var message = (await host.MessagesAsync()).Single()!;
        ((string?)message["id"], (int)message["status"]!, (string?)message["decision"], (string?)message["deployId"]).ShouldBe(((string?)answer["messageId"], 202, "deploy", "abc"));
        host.Apps.Get<EventLog>().After(0).Single(one => one.Kind == "webhook-message").Project.ShouldBe("shop");
    }

    [Fact]
    public async Task The_simple_body_works_as_ever_and_its_mistakes_are_told_and_put_on_record()
    {
        await using var host = await WebhookHost.StartAsync();
        var path = await host.PathAsync();
        var answer = (await host.SendAsync($"{path}?wait=5", $$"""{"image":"{{host.Shelf.Repository}}:v2"}""", ("Content-Type", "application/x-www-form-urlencoded"))).ShouldBe(HttpStatusCode.Accepted, 0).Data;
        ((string?)answer["decision"], (string?)answer["state"], (string?)answer["outcome"]).ShouldBe(("deploy", "succeeded", "abc is live."));
        (await host.SendAsync(path, """{"imgae":"x"}""")).ShouldBe(HttpStatusCode.BadRequest, 40000);
        (await host.SendAsync(path, "{}")).ShouldBe(HttpStatusCode.BadRequest, 40001);
        (await host.SendAsync(HttpMethod.Post, path, new byte[PushReader.LargestMessage + 1])).ShouldBe(HttpStatusCode.RequestEntityTooLarge, 41300);

        var messages = await host.MessagesAsync();
        messages.Select(message => (int)message!["status"]!).ShouldBe([413, 400, 400, 202]);
        messages.Select(message => (string?)message!["reasonCode"]).ShouldBe(["message-unusable", "not-understood", "not-understood", "matches"]);
        messages.ShouldAllBe(message => ((string)message!["reason"]!).Length > 10);
    }

    [Fact]
    public async Task What_is_no_push_is_answered_with_a_reason_and_makes_nothing()
    {
        await using var host = await WebhookHost.StartAsync();
        var answer = (await host.SendAsync(await host.PathAsync(), SampleMessages.Text("github-ping"), ("X-GitHub-Event", "ping"), ("X-GitHub-Delivery", "g-1"))).ShouldBe(HttpStatusCode.Accepted, 0).Data;
        ((string?)answer["decision"], (string?)answer["reasonCode"], (string?)answer["image"]).ShouldBe(("skip", "not-a-push", null));
        ((string?)answer["deliveryId"]).ShouldBe((string?)answer["messageId"]);
        host.Judge.Candidates.ShouldBeEmpty();
        ((string?)(await host.MessagesAsync()).Single()!["eventId"]).ShouldBe("g-1");
    }

    [Fact]
    public async Task Gitea_may_send_a_form_or_put_the_message_into_the_address()
    {
        await using var host = await WebhookHost.StartAsync();
        var json = SampleMessages.Text("gitea").Replace("https://git.example.org:3000", $"http://{host.RegistryHost}", StringComparison.Ordinal)
            .Replace("\"Acme\"", $"\"{host.RepositoryPath.Split('/')[0]}\"", StringComparison.Ordinal)
            .Replace("shop/web", host.RepositoryPath[(host.RepositoryPath.IndexOf('/', StringComparison.Ordinal) + 1)..], StringComparison.Ordinal).Replace("\"1.4.2\"", "\"v1\"", StringComparison.Ordinal);
        (string, string)[] headers = [("X-Gitea-Event", "package"), ("X-GitHub-Event", "package")];
        var path = await host.PathAsync();

        var form = await host.SendAsync(path, "payload=" + WebUtility.UrlEncode(json), [.. headers, ("Content-Type", "application/x-www-form-urlencoded")]);
        ((string?)form.Data["decision"], (string?)form.Data["sender"]).ShouldBe(("deploy", "gitea"), form.Body!.ToJsonString());
        var address = await host.SendAsync(HttpMethod.Get, $"{path}?payload={Uri.EscapeDataString(json)}", null, headers);
        address.ShouldBe(HttpStatusCode.Accepted, 0);
        // The same twice: both were read, and the judge hears of both.
        host.Judge.Candidates.Count.ShouldBe(2);
    }

    [Fact]
    public async Task The_address_alone_says_what_it_is_and_an_unknown_one_is_not_there()
    {
        await using var host = await WebhookHost.StartAsync();
        var path = await host.PathAsync();
        (await host.SendAsync(HttpMethod.Get, path, null)).ShouldBe(HttpStatusCode.MethodNotAllowed, 40500).Message.ShouldContain("POST");
        foreach (var wrong in new[] { "/api/webhook/00000000-0000-0000-0000-000000000000", "/api/webhook/x", "/api/webhook/" + new string('x', 3_000) })
        {
            (await host.SendAsync(wrong, host.Push("v1", "e1"))).ShouldBe(HttpStatusCode.NotFound, 40400);
            (await host.SendAsync(HttpMethod.Get, wrong, null)).ShouldBe(HttpStatusCode.NotFound, 40400);
        }

        (await host.MessagesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_event_that_is_told_twice_is_answered_with_the_first_ones_decision()
    {
        await using var host = await WebhookHost.StartAsync();
        var path = await host.PathAsync();
        var first = (await host.SendAsync(path, host.Push("v1", "e1"), Envelope)).Data;
        var second = (await host.SendAsync(path, host.Push("v1", "e1"), Envelope)).ShouldBe(HttpStatusCode.Accepted, 0).Data;

        ((string?)second["deliveryId"], (string?)second["decision"], (string?)second["deployId"], (string?)second["reasonCode"])
            .ShouldBe(((string?)first["deliveryId"], "deploy", "abc", "repeated"));
        ((string)second["reason"]!).ShouldContain("told before");
        host.Judge.Candidates.Count.ShouldBe(1);
        // Another image of the same message and the same number at another webhook are other events.
        (await host.SendAsync(path, host.Push("v2", "e1"), Envelope)).Data["reasonCode"]!.GetValue<string>().ShouldBe("matches");
        await host.AddAsync("""{ "name": "other" }""");
        (await host.SendAsync(await host.PathAsync("other"), host.Push("v1", "e1"), Envelope)).Data["reasonCode"]!.GetValue<string>().ShouldBe("matches");
    }

    [Fact]
    public async Task The_same_push_told_under_several_numbers_while_the_first_waits_for_the_registry_is_looked_up_once()
    {
        await using var host = await WebhookHost.StartAsync();
        var asked = new TaskCompletionSource();
        var answer = new TaskCompletionSource<int>();
        host.Shelf.BeforeTag = _ =>
        {
            asked.TrySetResult();
            return answer.Task;
        };
        var path = await host.PathAsync();
        var first = host.SendAsync($"{path}?wait=30", host.Push("v1", "e1"), Envelope);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        var burst = Enumerable.Range(2, 5).Select(number => host.SendAsync($"{path}?wait=30", host.Push("v1", $"e{number}"), Envelope)).ToList();
        var moved = host.SendAsync($"{path}?wait=30", host.Push("v1", "e9", "sha256:" + new string('f', 64)), Envelope);
        await Task.WhenAny(Task.WhenAll(burst), WaitForMessagesAsync(host, 7));
        answer.SetResult(200);

        var id = (string)(await first).Data["deliveryId"]!;
        foreach (var joined in await Task.WhenAll(burst))
        {
            ((string?)joined.Data["deliveryId"], (string?)joined.Data["reasonCode"], (string?)joined.Data["decision"]).ShouldBe((id, "repeated", "deploy"));
        }

        ((string?)(await moved).Data["reasonCode"]).ShouldBe("matches", "another digest is another push: the tag has moved");
        host.Judge.Candidates.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_message_with_several_images_makes_several_deliveries()
    {
        await using var host = await WebhookHost.StartAsync();
        var quay = $$"""{"docker_url":"{{host.Shelf.Repository}}","updated_tags":["v1","v2","v9"]}""";
        var answer = (await host.SendAsync($"{await host.PathAsync()}?wait=10", quay)).ShouldBe(HttpStatusCode.Accepted, 0).Data;
        answer["images"]!.AsArray().Select(image => $"{image!["image"]} {image["decision"]} {image["reasonCode"]} {image["state"]}").ShouldBe(
            [$"{host.Shelf.Repository}:v1 deploy matches succeeded", $"{host.Shelf.Repository}:v2 deploy matches succeeded", $"{host.Shelf.Repository}:v9 skip image-not-found "]);
        ((string?)answer["decision"]).ShouldBe("deploy");
        answer["images"]!.AsArray().Select(image => (string?)image!["deliveryId"]).ShouldBeUnique();
    }

    [Theory]
    [InlineData("X-Hub-Signature-256", "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17", "signature-wrong")]
    [InlineData("Authorization", "Bearer wrong", "signature-wrong")]
    [InlineData("Authorization", "Basic YWRtaW46eA==", "signature-wrong")]
    [InlineData("X-Gitea-Signature", "", "signature-missing")]
    [InlineData("X-Other", "", "signature-missing")]
    public async Task With_a_signing_secret_what_is_not_signed_is_refused_and_put_on_record(string header, string value, string reason)
    {
        await using var host = await WebhookHost.StartAsync();
        await host.AddAsync("""{ "name": "signed", "signingSecret": "load-line-1876" }""");
        (await host.SendAsync(await host.PathAsync("signed"), host.Push("v1", "e1"), Envelope, (header, value))).ShouldBe(HttpStatusCode.Unauthorized, 40100);
        host.Judge.Candidates.ShouldBeEmpty();
        var message = (await host.MessagesAsync("signed")).Single()!;
        ((int)message["status"]!, (string?)message["reasonCode"], (bool)message["mayReplay"]!).ShouldBe((401, reason, false));
        (await host.Apps.Operator.SendAsync("POST", $"/api/webhooks/signed/messages/{message["id"]}/replay")).ShouldBe(HttpStatusCode.Conflict, 40900);
    }

    [Fact]
    public async Task With_a_signing_secret_what_is_signed_is_taken()
    {
        await using var host = await WebhookHost.StartAsync();
        const string secret = "load-line-1876";
        await host.AddAsync($$"""{ "name": "signed", "signingSecret": "{{secret}}" }""");
        var path = await host.PathAsync("signed");
        (await host.SendAsync(path, host.Push("v1", "e1"), Envelope, ("Authorization", "Bearer " + secret))).ShouldBe(HttpStatusCode.Accepted, 0);
        (await host.SendAsync(path, host.Push("v1", "e2"), Envelope, ("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("admin:" + secret))))).ShouldBe(HttpStatusCode.Accepted, 0);
        var simple = $$"""{"image":"{{host.Shelf.Repository}}:v1"}""";
        var signature = "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(simple)));
        (await host.SendAsync(path, simple, ("X-Hub-Signature-256", signature))).ShouldBe(HttpStatusCode.Accepted, 0);
        // Whose password that would be is never asked: the header is not meant for Plimsoll's own door.
        host.Apps.Get<EventLog>().After(0).ShouldNotContain(one => one.Kind.Contains("sign-in", StringComparison.Ordinal));
        var shown = await host.Admin.SendAsync("GET", $"/api/webhooks/signed/messages/{(await host.MessagesAsync("signed"))[0]!["id"]}");
        shown.Body!.ToJsonString().ShouldNotContain(signature[10..]);
    }

    [Fact]
    public async Task A_webhook_for_some_projects_lets_no_others_in_and_one_that_is_off_lets_nobody_in()
    {
        await using var host = await WebhookHost.StartAsync();
        await host.Apps.Operator.SendAsync("POST", "/api/projects", """{ "name": "blog", "image": "registry.example/blog" }""");
        await host.Apps.Operator.SendAsync("POST", "/api/projects", $$"""{ "name": "twin", "image": "{{host.Shelf.Repository}}" }""");
        await host.AddAsync("""{ "name": "shops", "projects": ["shop"] }""");
        var path = await host.PathAsync("shops");

        ((string?)(await host.SendAsync(path, """{"image":"registry.example/blog:v1"}""")).ShouldBe(HttpStatusCode.Accepted, 0).Data["reasonCode"]).ShouldBe("out-of-scope");
        ((string?)(await host.SendAsync(path, """{"image":"registry.example/new:v1"}""")).Data["reasonCode"]).ShouldBe("out-of-scope");
        ((string?)(await host.SendAsync(path, host.Push("v1", "e1"), Envelope)).Data["decision"]).ShouldBe("deploy");
        host.Judge.Candidates.Single().OnlyProjects.ShouldBe([1L], "the twin has the same repository, and is not meant");

        await host.Admin.SendAsync("PUT", "/api/webhooks/shops", """{ "enabled": false }""");
        ((string?)(await host.SendAsync(path, host.Push("v2", "e2"), Envelope)).ShouldBe(HttpStatusCode.Accepted, 0).Data["reasonCode"]).ShouldBe("webhook-off");
        host.Judge.Candidates.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_registry_with_an_inner_name_is_known_by_its_public_one()
    {
        await using var host = await WebhookHost.StartAsync();
        await host.AddAsync($$"""{ "name": "inner", "registry": "http://{{host.RegistryHost}}/" }""");
        var push = host.Push("v1", "e1").Replace($"\"{host.RegistryHost}\"", "\"registry\"", StringComparison.Ordinal);
        ((string?)(await host.SendAsync(await host.PathAsync("inner"), push, Envelope)).Data["image"]).ShouldBe($"{host.Shelf.Repository}:v1");
        ((string?)(await host.SendAsync(await host.PathAsync(), push, Envelope)).Data["reasonCode"]).ShouldBe("message-unusable");
    }

    [Fact]
    public async Task A_message_is_read_once_more_when_a_person_asks()
    {
        await using var host = await WebhookHost.StartAsync();
        var answer = (await host.SendAsync(await host.PathAsync(), host.Push("v1", "e1"), Envelope)).Data;
        var id = (string)answer["messageId"]!;
        (await host.Apps.Viewer.SendAsync("POST", $"/api/webhooks/default/messages/{id}/replay")).Status.ShouldBe(HttpStatusCode.Forbidden);

        var replayed = (await host.Apps.Operator.SendAsync("POST", $"/api/webhooks/default/messages/{id}/replay")).ShouldBe(HttpStatusCode.Accepted, 0).Data;

        ((string?)replayed["decision"], (string?)replayed["reasonCode"]).ShouldBe(("deploy", "matches"));
        ((string?)replayed["deliveryId"]).ShouldNotBe((string?)answer["deliveryId"]);
        host.Judge.Candidates.Last().RequestedBy.ShouldContain($"replayed message {id}");
        ((string?)(await host.MessagesAsync())[0]!["replayOf"]).ShouldBe(id);
        (await host.Admin.SendAsync("GET", "/api/audit")).Data.ToJsonString().ShouldContain("webhook-message-replayed");
        // What the sender tells once more stays a repetition of its first one.
        ((string?)(await host.SendAsync(await host.PathAsync(), host.Push("v1", "e1"), Envelope)).Data["deliveryId"]).ShouldBe((string?)answer["deliveryId"]);
        (await host.Apps.Operator.SendAsync("POST", "/api/webhooks/default/messages/nothing/replay")).ShouldBe(HttpStatusCode.NotFound, 40400);
    }

    [Fact]
    public async Task A_restricted_caller_sees_and_replays_only_messages_of_their_projects_images()
    {
        await using var host = await WebhookHost.StartAsync();
        await host.Apps.Operator.SendAsync("POST", "/api/projects", """{ "name": "blog", "image": "registry.example/blog" }""");
        await host.AddAsync("""{ "name": "blogs", "projects": ["blog"] }""");
        var path = await host.PathAsync();
        await host.SendAsync(path, host.Push("v1", "e1"), Envelope);
        await host.SendAsync(path, """{"image":"registry.example/blog:v1"}""");
        await host.SendAsync(path, $$"""{"docker_url":"registry.example/blog","updated_tags":["v1"],"homepage":"x"}""");
        await host.SendAsync(path, SampleMessages.Text("github-ping"), ("X-GitHub-Event", "ping"));
        using var mine = await host.RestrictedAsync("operator", "shop");

        var seen = await host.MessagesAsync(caller: mine);
        seen.Single()!["images"]![0]!["image"]!.GetValue<string>().ShouldBe($"{host.Shelf.Repository}:v1");
        var others = (await host.MessagesAsync()).Where(message => (string?)message!["id"] != (string?)seen[0]!["id"]).ToList();
        others.Count.ShouldBe(3);
        foreach (var other in others)
        {
            (await mine.SendAsync("GET", $"/api/webhooks/default/messages/{other!["id"]}")).ShouldBe(HttpStatusCode.NotFound, 40400);
            (await mine.SendAsync("POST", $"/api/webhooks/default/messages/{other["id"]}/replay")).ShouldBe(HttpStatusCode.NotFound, 40400);
        }

        (await mine.SendAsync("GET", "/api/webhooks/blogs/messages")).ShouldBe(HttpStatusCode.NotFound, 40400);
        (await mine.SendAsync("GET", "/api/webhooks")).Data.AsArray().Select(webhook => (string?)webhook!["name"]).ShouldBe(["default"]);
        (await mine.SendAsync("POST", $"/api/webhooks/default/messages/{seen[0]!["id"]}/replay")).ShouldBe(HttpStatusCode.Accepted, 0);
        host.Judge.Candidates.Last().OnlyProjects.ShouldBe([1L]);
    }

    [Fact]
    public async Task Messages_are_kept_up_to_a_number_and_noise_does_not_push_out_what_matters()
    {
        await using var host = await WebhookHost.StartAsync();
        var store = host.Apps.Get<Store>();
        var webhook = host.Apps.Get<WebhookStore>().Find("default")!;
        await store.WriteAsync(
            scope =>
            {
                for (var number = 0; number < 1_000; number++)
                {
                    var named = number < 300;
                    WebhookMessages.Add(scope, new WebhookMessage
                    {
                        Id = $"m{number}", WebhookId = webhook.Id, At = DateTimeOffset.UnixEpoch, Sender = "github", Address = "x", Method = "POST", Status = 202, Named = named,
                        PayloadBytes = 1, PayloadKept = 1, Payload = "x", Sightings = named ? [new WebhookSighting { Image = $"a/b:v{number}", Repository = "a/b" }] : [],
                    });
                }
            },
            TestContext.Current.CancellationToken);
        var kept = host.Apps.Get<WebhookMessages>().List(webhook.Id, 200, null, null).Concat(host.Apps.Get<WebhookMessages>().List(webhook.Id, 200, 301, null)).DistinctBy(message => message.Id).ToList();
        kept.Count(message => message.Named).ShouldBe(WebhookMessages.KeptWithImages);
        kept.Count(message => !message.Named).ShouldBe(WebhookMessages.KeptWithout);
        store.Read(connection => Dapper.SqlMapper.QuerySingle<int>(connection, "SELECT count(*) FROM webhook_sightings")).ShouldBe(WebhookMessages.KeptWithImages);
    }

    [Fact]
    public async Task All_payloads_together_are_bounded()
    {
        await using var host = await WebhookHost.StartAsync();
        var store = host.Apps.Get<Store>();
        await store.WriteAsync(
            scope =>
            {
                for (var number = 0; number < 1_600; number++)
                {
                    WebhookMessages.Add(scope, new WebhookMessage
                    {
                        // What is counted is what the row says of itself.
                        Id = $"m{number}", WebhookId = NewWebhook(host, scope, number), At = DateTimeOffset.UnixEpoch, Sender = "github", Address = "x", Method = "POST", Status = 202,
                        PayloadBytes = KeptPayload.MostBytes, PayloadKept = KeptPayload.MostBytes, Payload = "x",
                    });
                }
            },
            TestContext.Current.CancellationToken);
        store.Read(connection => Dapper.SqlMapper.QuerySingle<long>(connection, "SELECT sum(payload_kept) FROM webhook_messages")).ShouldBeLessThanOrEqualTo(65L * 1024 * 1024);
    }

    private static long NewWebhook(WebhookHost host, WriteScope scope, int number) => number % 50 == 0
        ? host.Apps.Get<WebhookStore>().Add(scope, new Webhook { Name = $"w{number}", Secret = Webhook.NewSecret() })
        : scope.QuerySingle<long>("SELECT max(id) FROM webhooks");

    [Fact]
    public async Task A_full_inbox_asks_for_patience_and_puts_nothing_on_record()
    {
        await using var host = await WebhookHost.StartAsync();
        await host.Apps.Get<Store>().WriteAsync(
            scope =>
            {
                for (var number = 0; number < DeliveryStore.MostUndecided; number++)
                {
                    scope.Execute("INSERT INTO deliveries (id, received_at, image, sender, next_attempt_at) VALUES (@id, @at, 'a.b/c:d', 'x', 99999999999999)", new { id = $"d{number}", at = number });
                }
            },
            TestContext.Current.CancellationToken);
        (await host.SendAsync(await host.PathAsync(), host.Push("v1", "e1"), Envelope)).ShouldBe(HttpStatusCode.TooManyRequests, 42900);
        (await host.MessagesAsync()).ShouldBeEmpty();
    }

    private static async Task WaitForMessagesAsync(WebhookHost host, int count)
    {
        var token = TestContext.Current.CancellationToken;
        while ((await host.MessagesAsync()).Count < count)
        {
            await Task.Delay(20, token);
        }
    }
}
