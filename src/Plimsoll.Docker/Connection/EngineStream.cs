namespace Plimsoll.Docker;

/// <summary>
/// The body of an answer that goes on for as long as it likes. A connection lost while reading arrives as this library's own exception.
/// Disposing it closes the connection.
/// </summary>
internal sealed class EngineStream(HttpResponseMessage response, Stream body, Func<Exception, DockerUnavailableException> lost) : Stream
{
    /// <summary>When the engine began to answer, by the engine's own clock, in whole seconds.</summary>
    public DateTimeOffset? Date => response.Headers.Date;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await body.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception e) when (EngineFaults.IsConnectionFault(e))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw lost(e);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read this stream asynchronously.");

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            body.Dispose();
            response.Dispose();
        }

        base.Dispose(disposing);
    }
}
