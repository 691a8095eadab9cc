using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using Plimsoll.Candidates.Hooks;
using Plimsoll.Candidates.Senders;
using Plimsoll.EngineTests.Support;
using Plimsoll.Registry;

namespace Plimsoll.EngineTests.Candidates;

/// <summary>What strangers send: it is never our mistake, and it never takes long.</summary>
public sealed class HostileMessagesTests(EngineWorld world)
{
    private const int Some = 2_000;
    private const int Many = 120_000;
    private const int OverTheWire = 4_000;
    private static readonly TimeSpan LongestReading = TimeSpan.FromSeconds(2);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Two_thousand_bodies_and_names_of_images_never_make_it_throw() => ReadAll(Some, seed: 1);

    [Fact, Trait("Category", "Long")]
    public void A_hundred_and_twenty_thousand_bodies_and_names_of_images_never_make_it_throw() => ReadAll(Many, seed: 2);

    [Fact, Trait("Category", "Long")]
    public async Task Four_thousand_of_them_over_the_wire_are_answered_without_a_500_and_leave_the_program_as_it_was()
    {
        await using var plimsoll = await world.StartPlimsollAsync(Token);
        await plimsoll.ChangeSettingsAsync(new { pollingSeconds = 0, autoCreateProjects = false }, Token);
        var path = await plimsoll.WebhookPathAsync(Token);
        await plimsoll.Api.PostDataAsync("webhooks", new { name = "signed", signingSecret = "load-line-1876", registry = "registry.example" }, Token);
        var signed = ((string)(await plimsoll.Api.GetDataAsync("webhooks/signed", Token))!["path"]!)["/api/".Length..];
        var messages = new HostileMessages(3);
        var before = ResidentMemory.Of(plimsoll.ProcessId);
        var statuses = new Dictionary<int, int>();

        for (var number = 0; number < OverTheWire; number++)
        {
            var (headers, body) = messages.Next();
            using var request = new HttpRequestMessage(HttpMethod.Post, number % 10 == 0 ? signed : path) { Content = new ByteArrayContent(body) };
            foreach (var (name, value) in headers)
            {
                if (name == "Content-Type")
                {
                    request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(value);
                }
                else
                {
                    request.Headers.TryAddWithoutValidation(name, value);
                }
            }

            using var answer = await plimsoll.Api.SendAsync(request, Token);
            ((int)answer.StatusCode).ShouldBeLessThan(500, $"message {number}: {Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 500)))}");
            (await answer.ReadEnvelopeAsync(Token)).Message.ShouldNotBeNullOrEmpty();
            statuses[(int)answer.StatusCode] = statuses.GetValueOrDefault((int)answer.StatusCode) + 1;
        }

        var after = ResidentMemory.Of(plimsoll.ProcessId);
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{OverTheWire} messages: {string.Join(", ", statuses.OrderBy(status => status.Key).Select(status => $"{status.Key} {status.Value} times"))}. Resident memory: {before.Megabytes:0} MB before, {after.Megabytes:0} MB after.");
        plimsoll.Output.Text.ShouldNotContain("mistake of Plimsoll's own");
        (await plimsoll.ReadDeploymentsAsync(Token)).ShouldBeEmpty();
        foreach (var webhook in new[] { "default", "signed" })
        {
            (await plimsoll.Api.GetDataAsync($"webhooks/{webhook}/messages?limit=200", Token))!.AsArray().Count.ShouldBeInRange(1, 200);
        }
    }

    private static void ReadAll(int count, int seed)
    {
        var messages = new HostileMessages(seed);
        var slowest = TimeSpan.Zero;
        var understood = 0;
        for (var number = 0; number < count; number++)
        {
            var (headers, body) = messages.Next();
            var began = Stopwatch.GetTimestamp();
            var received = new ReceivedMessage("POST", headers.ToDictionary(header => header.Name, header => header.Value, StringComparer.OrdinalIgnoreCase), body);
            var reading = PushReader.Read(received.ToPushMessage());
            _ = Signature.Check(received, "load-line-1876");
            KeptPayload.Of(received.Json.Span, "load-line-1876").Length.ShouldBeLessThanOrEqualTo(KeptPayload.MostBytes * 2);
            var took = Stopwatch.GetElapsedTime(began);
            slowest = took > slowest ? took : slowest;
            understood += reading.Sightings.Count;

            (reading.Sightings.Count > 0 || reading.Ignored.Count > 0 || reading.Refusal is not null).ShouldBeTrue($"message {number} of seed {seed}");
            reading.Sightings.Count.ShouldBeLessThanOrEqualTo(256);
            foreach (var sighting in reading.Sightings)
            {
                ImageReference.Parse(sighting.Image.ToString()).ShouldBe(sighting.Image);
            }

            var text = messages.NextReference();
            if (ImageReference.TryParse(text, out var reference, out var problem))
            {
                ImageReference.Parse(reference.ToString()).ShouldBe(reference, $"name {number} of seed {seed}");
            }
            else
            {
                problem.Length.ShouldBeInRange(5, 1_000, $"name {number} of seed {seed}");
            }
        }

        slowest.ShouldBeLessThan(LongestReading);
        understood.ShouldBeGreaterThan(count / 20, "most of it must get past the door to be worth trying");
        TestContext.Current.TestOutputHelper!.WriteLine($"{count} bodies, of which {understood} images were understood, and as many names. The slowest took {slowest.TotalMilliseconds:0} ms.");
    }
}
