using System.Text;
using Microsoft.AspNetCore.Http;
using Plimsoll.Candidates.Hooks;

namespace Plimsoll.Tests.Candidates.Hooks;

public sealed class KeptTests
{
    [Theory]
    [InlineData("""{"secret":"abc","name":"x"}""", """{"secret":"••••••••","name":"x"}""")]
    [InlineData("""{ "api_token" : "a\"b" }""", """{ "api_token" : "••••••••" }""")]
    [InlineData("""{"callback_url":"https://hub.example/hook/123"}""", """{"callback_url":"••••••••"}""")]
    [InlineData("""{"password":"half of it""", """{"password":"••••••••" """)]
    [InlineData("""{"password":"half of it\""", """{"password":"••••••••" """)]
    [InlineData("""{"tag":"v1"}""", """{"tag":"v1"}""")]
    public void Fields_that_sound_like_secrets_are_hidden(string payload, string kept) =>
        KeptPayload.Of(Encoding.UTF8.GetBytes(payload)).ShouldBe(kept.Trim());

    [Fact]
    public void The_webhooks_own_secrets_are_hidden_wherever_they_are_unless_they_could_be_words() =>
        KeptPayload.Of("""{"a":"see /api/webhook/0123456789","tag":"latest"}"""u8, "0123456789", "latest", null).ShouldBe("""{"a":"see /api/webhook/••••••••","tag":"latest"}""");

    [Fact]
    public void Only_the_beginning_is_kept_whatever_the_bytes_are()
    {
        KeptPayload.Of(new byte[1_000_000]).Length.ShouldBe(KeptPayload.MostBytes);
        KeptPayload.Of([0xFF, 0xC3, (byte)'a']).ShouldEndWith("a");
        KeptPayload.Of(Encoding.UTF8.GetBytes("\"secret\":\"" + new string('\\', 65_000))).Length.ShouldBeLessThan(100);
    }

    [Fact]
    public void Of_the_headers_those_that_matter_are_kept_and_secrets_are_not()
    {
        var kept = KeptHeaders.Masked(KeptHeaders.Of(new HeaderDictionary
        {
            ["x-github-event"] = "package",
            ["X-Hub-Signature-256"] = "sha256=abcdef",
            ["Authorization"] = "Bearer hunter2",
            ["X-Gitea-Signature"] = "",
            ["X-Gitlab-Token"] = "hunter2",
            ["Cookie"] = "plimsoll=hunter2",
            ["User-Agent"] = new string('x', 10_000),
        }));
        kept["X-GitHub-Event"].ShouldBe("package");
        kept["X-Hub-Signature-256"].ShouldBe("sha256=••••••••");
        kept["Authorization"].ShouldBe("Bearer ••••••••");
        kept["X-Gitea-Signature"].ShouldBe("");
        kept["User-Agent"].Length.ShouldBe(300);
        string.Concat(kept.Values).ShouldNotContain("hunter2");
        kept.ShouldNotContainKey("Cookie");
    }
}
