namespace Plimsoll.Docker;

/// <summary>
/// The engine was reached but could not pull the image. Errors before the download and errors in the middle of it arrive the same way.
/// </summary>
public sealed class ImagePullException : DockerException
{
    internal ImagePullException(string subject, PullFailure failure, string? engineMessage, int? statusCode)
        : base(subject, "pull", engineMessage, statusCode) => Failure = failure;

    /// <summary>The kind of failure, for deciding whether and when to try again.</summary>
    public PullFailure Failure { get; }
}
