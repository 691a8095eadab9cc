using Plimsoll.Registry.Tags;

namespace Plimsoll.Tests.Registry;

public sealed class LinkHeaderTests
{
    [Theory]
    [InlineData("</v2/a/tags/list?n=100&last=x>; rel=\"next\"", "/v2/a/tags/list?n=100&last=x")]
    [InlineData("</next>; rel=next", "/next")]
    [InlineData("</next>;REL=\"NEXT\"", "/next")]
    [InlineData("</next>; title=\"a\"; rel=\"prev next\"", "/next")]
    [InlineData("</prev>; rel=\"prev\", </next?a=1,2>; rel=\"next\"", "/next?a=1,2")]
    [InlineData("<https://other/next>; rel=\"next\"", "https://other/next")]
    [InlineData("</first>; rel=\"first\"", null)]
    [InlineData("</next>", null)]
    [InlineData("<>; rel=\"next\"", null)]
    [InlineData("/next; rel=\"next\"", null)]
    [InlineData("<<<", null)]
    [InlineData("", null)]
    public void The_next_page_is_found(string header, string? expected) => LinkHeader.Next([header]).ShouldBe(expected);
}
