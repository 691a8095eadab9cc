using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Plimsoll.Candidates.Hooks;
using Plimsoll.Candidates.Senders;

namespace Plimsoll.Tests.Candidates.Senders;

/// <summary>Whatever the bytes and the headers are, there is an answer. The long suite tries sixty times as many (HostileMessagesTests).</summary>
public sealed class PushReaderProperties
{
    private static readonly Config TwoThousand = Config.QuickThrowOnFailure.WithMaxTest(2_000);

    private static readonly (string, string)[][] Headers =
    [
        [], [("Content-Type", "application/json")], [("Content-Type", "application/vnd.docker.distribution.events.v2+json")], [("Content-Type", "application/x-www-form-urlencoded")],
        [("X-GitHub-Event", "package")], [("X-GitHub-Event", "registry_package")], [("X-Gitea-Event", "package")], [("X-Forgejo-Event", "package")], [("X-Gitlab-Event", "x")],
    ];

    [Fact]
    public void No_bytes_whatever_make_it_throw() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), ArbMap.Default.ArbFor<PositiveInt>(), (bytes, choice) => IsAnswered(bytes, choice.Get)).Check(TwoThousand);

    [Fact]
    public void No_sample_with_other_bytes_in_some_places_makes_it_throw()
    {
        var samples = SampleMessages.Names().Select(name => Encoding.UTF8.GetBytes(SampleMessages.Text(name))).ToList();
        Prop.ForAll(ArbMap.Default.ArbFor<(PositiveInt Place, byte Value)[]>(), ArbMap.Default.ArbFor<PositiveInt>(), (changes, choice) =>
        {
            var bytes = samples[choice.Get % samples.Count].ToArray();
            foreach (var (place, value) in changes)
            {
                bytes[place.Get * 37 % bytes.Length] = value;
            }

            return IsAnswered(bytes, choice.Get);
        }).Check(TwoThousand);
    }

    private static bool IsAnswered(byte[] bytes, int choice)
    {
        var headers = Headers[choice % Headers.Length].ToDictionary(header => header.Item1, header => header.Item2, StringComparer.OrdinalIgnoreCase);
        var received = new ReceivedMessage("POST", headers, bytes);
        var reading = PushReader.Read(received.ToPushMessage());
        Signature.Check(received, "load-line-1876").ShouldBe(SignatureVerdict.Missing);
        KeptPayload.Of(received.Json.Span, "load-line-1876").ShouldNotBeNull();
        return reading.Sightings.Count > 0 || reading.Ignored.Count > 0 || reading.Refusal is not null;
    }
}
