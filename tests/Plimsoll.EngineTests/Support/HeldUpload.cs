using System.Net;

namespace Plimsoll.EngineTests.Support;

/// <summary>A request body whose second half is sent only when the test says so: the request is under way for exactly as long as is wanted.</summary>
internal sealed class HeldUpload(int bytes) : HttpContent
{
    private readonly TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the first half has been sent.</summary>
    public Task Begun => begun.Task;

    public void Release() => released.TrySetResult();

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync(new byte[bytes / 2]);
        await stream.FlushAsync();
        begun.TrySetResult();
        await released.Task;
        await stream.WriteAsync(new byte[bytes - (bytes / 2)]);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = bytes;
        return true;
    }
}
