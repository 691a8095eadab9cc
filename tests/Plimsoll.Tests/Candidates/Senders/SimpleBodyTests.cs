using System.Text;
using Plimsoll.Candidates.Senders;
using Plimsoll.Plumbing.Http;
using Plimsoll.Registry;

namespace Plimsoll.Tests.Candidates.Senders;

public sealed class SimpleBodyTests
{
    private const string SomeDigest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("""{"image":"ghcr.io/acme/shop:v2"}""", "ghcr.io/acme/shop:v2")]
    [InlineData("""{"image":"nginx"}""", "docker.io/library/nginx:latest")]
    [InlineData("""{"image":"ghcr.io/acme/shop","tag":"v3"}""", "ghcr.io/acme/shop:v3")]
    [InlineData("""{"image":"localhost:5000/a"}""", "localhost:5000/a:latest")]
    public void A_simple_body_names_an_image(string body, string image) => Parse(body).Value!.ToString().ShouldBe(image);

    [Fact]
    public void A_digest_may_be_sent_along() =>
        Parse($$"""{"image":"ghcr.io/acme/shop:v2","digest":"{{SomeDigest}}"}""").Value!.Digest!.Value.ToString().ShouldBe(SomeDigest);

    [Theory]
    [InlineData("", AnswerCode.InvalidInput)]
    [InlineData("hello", AnswerCode.InvalidInput)]
    [InlineData("[]", AnswerCode.InvalidInput)]
    [InlineData("\"ghcr.io/acme/shop\"", AnswerCode.InvalidInput)]
    [InlineData("""{"image":""", AnswerCode.InvalidInput)]
    [InlineData("""{}""", AnswerCode.ImageRequired)]
    [InlineData("""{"image":""}""", AnswerCode.ImageRequired)]
    [InlineData("""{"image":null}""", AnswerCode.InvalidInput)]
    [InlineData("""{"image":7}""", AnswerCode.InvalidInput)]
    [InlineData("""{"imgae":"ghcr.io/acme/shop"}""", AnswerCode.InvalidInput)]
    [InlineData("""{"image":"ghcr.io/acme/shop","tag":"../.."}""", AnswerCode.InvalidInput)]
    [InlineData("""{"image":"ghcr.io/acme/shop","digest":"sha256:12"}""", AnswerCode.InvalidInput)]
    [InlineData("""{"image":"http://ghcr.io/acme/shop"}""", AnswerCode.InvalidInput)]
    [InlineData("""{"image":"ghcr.io/../../etc/passwd:v1"}""", AnswerCode.InvalidInput)]
    [InlineData("""{"image":"$(reboot)"}""", AnswerCode.InvalidInput)]
    [InlineData("""{"image":"a b"}""", AnswerCode.InvalidInput)]
    [InlineData("""{"image":"\ud800"}""", AnswerCode.InvalidInput)]
    [InlineData("""{"\ud800":"x"}""", AnswerCode.InvalidInput)]
    [InlineData("""{"image":"a\u0000b"}""", AnswerCode.InvalidInput)]
    public void Anything_else_is_refused_with_a_sentence(string body, int code)
    {
        Parse(body).IsRefused(out var refusal).ShouldBeTrue();
        refusal!.Code.ShouldBe(code);
        refusal.Message.Length.ShouldBeGreaterThan(10);
    }

    [Fact]
    public void Deep_nesting_is_refused_not_followed() =>
        Parse("""{"image":""" + new string('[', 100_000)).IsRefused(out _).ShouldBeTrue();

    private static Outcome<ImageReference> Parse(string body)
    {
        var reading = PushReader.Read(new PushMessage(new Dictionary<string, string>(), Encoding.UTF8.GetBytes(body)));
        return reading.Refusal is { } refusal ? refusal : reading.Sightings.Single().Image;
    }
}
