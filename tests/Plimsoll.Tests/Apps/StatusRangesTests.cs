using Plimsoll.Apps;

namespace Plimsoll.Tests.Apps;

public sealed class StatusRangesTests
{
    [Theory]
    [InlineData("200-299", 200, true)]
    [InlineData("200-299", 299, true)]
    [InlineData("200-299", 302, false)]
    [InlineData("200-399", 302, true)]
    [InlineData("204", 204, true)]
    [InlineData("204", 200, false)]
    [InlineData("200-299, 401", 401, true)]
    [InlineData("200-299,401", 403, false)]
    public void A_status_is_good_or_not(string ranges, int status, bool isGood) => StatusRanges.Parse(ranges).Contains(status).ShouldBe(isGood);

    [Theory]
    [InlineData("")]
    [InlineData("ok")]
    [InlineData("2xx")]
    [InlineData("299-200")]
    [InlineData("100-199")]
    [InlineData("200-600")]
    [InlineData("200-")]
    [InlineData("-200")]
    [InlineData("200,")]
    [InlineData("200-250-299")]
    [InlineData("+200")]
    [InlineData("٢٠٠")]
    [InlineData("200,201,202,203,204,205,206,207,208,210,211")]
    public void What_is_no_range_is_refused_with_an_example(string text) => StatusRanges.Problem(text).ShouldNotBeNull().ShouldContain("200-299");
}
