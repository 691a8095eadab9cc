using System.Net;
using System.Security.Cryptography;
using System.Text;
using Plimsoll.Candidates.Hooks;

namespace Plimsoll.Tests.Candidates.Hooks;

public sealed class SignatureTests
{
    private const string Secret = "It's a Secret to Everybody";
    private const string Payload = """{"action":"created","package":{"name":"a b&c"}}""";
    private static readonly (string, string) FormType = ("Content-Type", "application/x-www-form-urlencoded");

    [Fact]
    public void GitHubs_own_example_is_valid() =>
        Check("Hello, World!", ("X-Hub-Signature-256", "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17")).ShouldBe(SignatureVerdict.Valid);

    [Theory]
    [InlineData("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e18")]
    [InlineData("757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17")]
    [InlineData("sha256=")]
    [InlineData("sha256=zz7107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17")]
    [InlineData("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e1700")]
    [InlineData("sha1=aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d")]
    [InlineData("\ud83d\ude00")]
    public void Anything_else_is_wrong(string signature) => Check("Hello, World!", ("X-Hub-Signature-256", signature)).ShouldBe(SignatureVerdict.Wrong);

    [Fact]
    public void A_signature_with_SHA_1_alone_is_worth_nothing() =>
        Check("Hello, World!", ("X-Hub-Signature", "sha1=" + Convert.ToHexStringLower(HMACSHA1.HashData(Encoding.UTF8.GetBytes(Secret), "Hello, World!"u8)))).ShouldBe(SignatureVerdict.Wrong);

    [Theory]
    [InlineData("X-Gitea-Signature")]
    [InlineData("X-Forgejo-Signature")]
    [InlineData("X-Gogs-Signature")]
    public void Gitea_and_its_kin_sign_bare_and_the_JSON_also_in_a_form_and_in_the_address(string header)
    {
        var signature = (header, Hmac(Payload));
        Check(Payload, signature).ShouldBe(SignatureVerdict.Valid);
        Check(Form(Payload), FormType, signature).ShouldBe(SignatureVerdict.Valid);
        Check(Form(Payload), FormType, (header, Hmac(Form(Payload)))).ShouldBe(SignatureVerdict.Wrong);
        Check(Payload + " ", signature).ShouldBe(SignatureVerdict.Wrong);
        Check(Payload, (header, "sha256=" + Hmac(Payload))).ShouldBe(SignatureVerdict.Wrong);
    }

    [Fact]
    public void GitHub_signs_the_form_as_it_is_sent_and_Gitea_in_GitHubs_header_the_JSON()
    {
        Check(Form(Payload), FormType, ("X-GitHub-Event", "package"), ("X-Hub-Signature-256", "sha256=" + Hmac(Form(Payload)))).ShouldBe(SignatureVerdict.Valid);
        Check(Form(Payload), FormType, ("X-GitHub-Event", "package"), ("X-Hub-Signature-256", "sha256=" + Hmac(Payload))).ShouldBe(SignatureVerdict.Wrong);
        Check(Form(Payload), FormType, ("X-Gitea-Event", "package"), ("X-GitHub-Event", "package"), ("X-Hub-Signature-256", "sha256=" + Hmac(Payload))).ShouldBe(SignatureVerdict.Valid);
    }

    [Theory]
    [InlineData("X-Gitea-Signature", "")]
    [InlineData("X-Hub-Signature-256", "")]
    [InlineData("X-Hub-Signature-256", "  ")]
    [InlineData("Authorization", "")]
    [InlineData("X-Other", "x")]
    public void An_empty_signature_is_none(string header, string value) => Check(Payload, (header, value)).ShouldBe(SignatureVerdict.Missing);

    [Fact]
    public void Senders_that_cannot_sign_show_the_secret_itself()
    {
        foreach (var header in new[] { "Bearer " + Secret, "bearer  " + Secret, Secret, "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("registry:" + Secret)) })
        {
            Check(Payload, ("Authorization", header)).ShouldBe(SignatureVerdict.Valid, header);
        }

        Check(Payload, ("X-Gitlab-Token", Secret)).ShouldBe(SignatureVerdict.Valid);
        foreach (var header in new[] { "Bearer x", "Bearer", "Basic", "Basic ", "Basic %%%", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret + ":registry")), Secret + "x" })
        {
            Check(Payload, ("Authorization", header)).ShouldBe(SignatureVerdict.Wrong, header);
        }
    }

    [Fact]
    public void A_wrong_signature_is_not_made_good_by_a_header() =>
        Check(Payload, ("X-Gitea-Signature", Hmac("other")), ("Authorization", "Bearer " + Secret)).ShouldBe(SignatureVerdict.Wrong);

    private static SignatureVerdict Check(string body, params (string Name, string Value)[] headers) => Signature.Check(
        new ReceivedMessage("POST", headers.ToDictionary(header => header.Name, header => header.Value, StringComparer.OrdinalIgnoreCase), Encoding.UTF8.GetBytes(body)), Secret);

    private static string Hmac(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(text)));

    private static string Form(string payload) => "payload=" + WebUtility.UrlEncode(payload);
}
