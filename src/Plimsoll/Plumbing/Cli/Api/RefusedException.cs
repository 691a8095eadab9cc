namespace Plimsoll.Plumbing.Cli.Api;

/// <summary>The server answered with another code than 0; its sentence is the message.</summary>
internal sealed class RefusedException(int code, string message, IReadOnlyDictionary<string, string> errors) : CommandFailedException(Cli.ExitCode.Refused, message)
{
    /// <summary>As in the envelope: five digits, of which the first three are the HTTP status.</summary>
    public int Code => code;

    /// <summary>The sentence for each wrong field.</summary>
    public IReadOnlyDictionary<string, string> Errors => errors;
}
