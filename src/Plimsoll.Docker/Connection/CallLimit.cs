namespace Plimsoll.Docker;

/// <summary>
/// How long a call may take: to its whole answer, or for a stream to its first byte. Which of the engine's options it is, or a length.
/// </summary>
internal readonly record struct CallLimit
{
    private readonly bool _isChange;
    private readonly TimeSpan? _length;

    private CallLimit(bool isChange, TimeSpan? length)
    {
        _isChange = isChange;
        _length = length;
    }

    public static CallLimit Read { get; } = new(false, null);

    public static CallLimit Change { get; } = new(true, null);

    /// <summary>For what takes as long as it takes: a pull, waiting for a container. The caller's token is the limit.</summary>
    public static CallLimit None { get; } = new(false, Timeout.InfiniteTimeSpan);

    public static CallLimit Of(TimeSpan length) => new(false, length);

    public TimeSpan Length(DockerEngineOptions options) => _length ?? (_isChange ? options.ChangeTimeout : options.ReadTimeout);
}
