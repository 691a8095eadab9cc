using System.Net;
using System.Text;

namespace Plimsoll.Tests.Edge;

/// <summary>A request body whose second part is not sent before a signal.</summary>
internal sealed class TwoPartContent(string first, string second, Task before) : HttpContent
{
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync(Encoding.UTF8.GetBytes(first), TestContext.Current.CancellationToken);
        await stream.FlushAsync(TestContext.Current.CancellationToken);
        await before.WaitAsync(TestContext.Current.CancellationToken);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(second), TestContext.Current.CancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
