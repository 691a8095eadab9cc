namespace Plimsoll.Plumbing.Http;

/// <summary>The <c>code</c> of the answer envelope (seed 003 §10). The first three digits are the HTTP status.</summary>
internal static class AnswerCode
{
    public const int Ok = 0;
    public const int InvalidInput = 40000;
    public const int ImageRequired = 40001;
    public const int NotSignedIn = 40100;
    public const int CodeNeeded = 40101;
    public const int NotAllowed = 40300;
    public const int NotFound = 40400;
    public const int WrongMethod = 40500;
    public const int Conflict = 40900;
    public const int ChangedMeanwhile = 41200;
    public const int TooLarge = 41300;
    public const int WrongMediaType = 41500;
    public const int SlowDown = 42900;
    public const int Internal = 50000;
    public const int ScanFailed = 50001;
    public const int UpdateFailed = 50002;
    public const int DockerError = 50003;
    public const int RegistryError = 50004;
    public const int ProxyError = 50005;
    public const int StoreUnavailable = 50300;
    public const int Stopping = 50301;
}
