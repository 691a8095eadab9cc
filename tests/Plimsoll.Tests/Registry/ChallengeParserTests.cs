using FsCheck;
using FsCheck.Fluent;
using Plimsoll.Registry.Authentication;

namespace Plimsoll.Tests.Registry;

public sealed class ChallengeParserTests
{
    [Theory]
    [InlineData("Bearer realm=\"https://a/t\",service=\"s\",scope=\"repository:x:pull,push\"", "bearer[realm=https://a/t;service=s;scope=repository:x:pull,push]")]
    [InlineData("BEARER Realm=\"https://a/t\"", "bearer[Realm=https://a/t]")]
    [InlineData("bearer realm = \"https://a/t\" , service = s", "bearer[realm=https://a/t;service=s]")]
    [InlineData("Bearer realm=\"https://a/t\", Basic realm=\"r, s\"", "bearer[realm=https://a/t] basic[realm=r, s]")]
    [InlineData("Basic realm=r,Bearer realm=\"https://a/t\",service=s", "basic[realm=r] bearer[realm=https://a/t;service=s]")]
    [InlineData("Negotiate, Basic realm=\"x\"", "negotiate[] basic[realm=x]")]
    [InlineData("Basic", "basic[]")]
    [InlineData("Basic realm=\"a \\\"quoted\\\" word\"", "basic[realm=a \"quoted\" word]")]
    [InlineData("Basic realm=\"never closed", "basic[realm=never closed]")]
    [InlineData("Bearer realm=\"a\",realm=\"b\"", "bearer[realm=a]")]
    [InlineData("realm=\"lost\"", "")]
    [InlineData(",,, ,", "")]
    [InlineData("", "")]
    [InlineData("=\"\"", "")]
    [InlineData("Bearer error=\"insufficient_scope\",realm=\"https://a/t\"", "bearer[error=insufficient_scope;realm=https://a/t]")]
    public void A_header_is_read_as_it_is_really_sent(string header, string expected) => Show([header]).ShouldBe(expected);

    [Fact]
    public void Several_headers_are_one_list() =>
        Show(["Bearer realm=\"https://git.example.com/v2/token\"", "Basic realm=\"Gitea\""])
            .ShouldBe("bearer[realm=https://git.example.com/v2/token] basic[realm=Gitea]");

    [Fact]
    public void A_header_of_absurd_length_is_skipped_and_many_challenges_are_cut()
    {
        ChallengeParser.Parse([new string('a', 1_000_000), "Basic"]).Count.ShouldBe(1);
        ChallengeParser.Parse([string.Concat(Enumerable.Repeat("Basic,", 2000))]).Count.ShouldBeLessThan(20);
    }

    [Fact]
    public void Reading_any_text_never_throws() =>
        Prop.ForAll(
            Gen.Elements("Bearer", "realm", "=", "\"", "\\", ",", " ", "\t", "é", "\ud800", "a").ListOf().Select(string.Concat).ToArbitrary(),
            text => ChallengeParser.Parse([text]).All(challenge => challenge.Scheme.Length > 0)).QuickCheckThrowOnFailure();

    private static string Show(IEnumerable<string> headers) => string.Join(' ', ChallengeParser.Parse(headers)
        .Select(challenge => $"{challenge.Scheme}[{string.Join(';', challenge.Parameters.Select(parameter => $"{parameter.Key}={parameter.Value}"))}]"));
}
