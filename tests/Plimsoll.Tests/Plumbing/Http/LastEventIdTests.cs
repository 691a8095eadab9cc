using Microsoft.AspNetCore.Http;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Tests.Plumbing.Http;

public sealed class LastEventIdTests
{
    [Theory]
    [InlineData(null, 0)]
    [InlineData("", 0)]
    [InlineData("17", 17)]
    [InlineData("9223372036854775807", 9223372036854775807)]
    [InlineData("9223372036854775808", 0)]
    [InlineData("-1", 0)]
    [InlineData("+1", 0)]
    [InlineData("1e3", 0)]
    [InlineData("seventeen", 0)]
    public void A_reader_with_anything_but_a_number_is_a_new_one(string? header, long expected)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers["Last-Event-ID"] = header;

        LastEventId.Of(context.Request).ShouldBe(expected);
    }
}
