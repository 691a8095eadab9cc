namespace Plimsoll.Decisions;

/// <summary>Why a candidate was or was not deployed. Stable: they are stored, shown and documented in docs/reasons.md.</summary>
internal static class ReasonCode
{
    public const string Matches = "matches";
    public const string AskedFor = "asked-for";
    public const string TagDoesNotMatch = "tag-does-not-match";
    public const string NoProject = "no-project";
    public const string NoStage = "no-stage";
    public const string DigestBlocked = "digest-blocked";
    public const string AlreadyLive = "already-live";
    public const string AlreadyUnderWay = "already-under-way";
    public const string Overtaken = "overtaken";
    public const string NotLiveInSource = "not-live-in-source";
    public const string AutoDeployOff = "auto-deploy-off";
    public const string ConfirmationNeeded = "confirmation-needed";
    public const string TagNotIncluded = "tag-not-included";
    public const string TagExcluded = "tag-excluded";
    public const string PatternTimedOut = "pattern-timed-out";
    public const string NotAVersion = "not-a-version";
    public const string PreRelease = "pre-release";
    public const string NotInRange = "not-in-range";
    public const string NotNewer = "not-newer";
    public const string WentBack = "went-back";
    public const string SameOnThisPlatform = "same-on-this-platform";
    public const string NotHealthyInSource = "not-healthy-in-source";
    public const string VersionSkipped = "version-skipped";
    public const string Declined = "declined";
    public const string Snoozed = "snoozed";
    public const string UpdateTooLarge = "update-too-large";
    public const string UpdateUnclear = "update-unclear";
    public const string TooYoung = "too-young";
    public const string OutsideWindow = "outside-window";
    public const string WaitsForUpdateJob = "waits-for-update-job";
    public const string Frozen = "frozen";
    public const string PolicyUnusable = "policy-unusable";
    public const string UpdateAvailable = "update-available";
    public const string UpToDate = "up-to-date";
    public const string LabelUnusable = "label-unusable";
    public const string ManagedByPlimsoll = "managed-by-plimsoll";
    public const string SkippedByLabel = "skipped-by-label";
    public const string NotSelected = "not-selected";
    public const string ImageGone = "image-gone";
    public const string LocalBuild = "local-build";
    public const string PinnedDigest = "pinned-digest";
    public const string PinnedVersion = "pinned-version";
    public const string ComposeProject = "compose-project";
    public const string ApprovalNeeded = "approval-needed";
    public const string ThereBeforeWatching = "there-before-watching";
    public const string ImageNotFound = "image-not-found";
    public const string RegistryRefused = "registry-refused";
    public const string RegistryUnreachable = "registry-unreachable";
    public const string RegistryCoolingDown = "registry-cooling-down";
    public const string RegistryAnswerUnusable = "registry-answer-unusable";
    public const string StillAsking = "still-asking";
    public const string InternalError = "internal-error";

    // Of messages to webhooks that made no candidate (Candidates/Senders/MessageReason).
    public const string NotAPush = "not-a-push";
    public const string NoTag = "no-tag";
    public const string NotAnImage = "not-an-image";
    public const string MessageUnusable = "message-unusable";
    public const string Repeated = "repeated";
    public const string OutOfScope = "out-of-scope";
    public const string WebhookOff = "webhook-off";
    public const string SignatureMissing = "signature-missing";
    public const string SignatureWrong = "signature-wrong";
    public const string NotUnderstood = "not-understood";

    public static IReadOnlyList<string> All { get; } =
    [
        Matches, AskedFor, TagDoesNotMatch, NoProject, NoStage, DigestBlocked, AlreadyLive, AlreadyUnderWay, Overtaken,
        NotLiveInSource, AutoDeployOff, ConfirmationNeeded, TagNotIncluded, TagExcluded, PatternTimedOut, NotAVersion, PreRelease, NotInRange, NotNewer, WentBack,
        SameOnThisPlatform, NotHealthyInSource, VersionSkipped, Declined, Snoozed, UpdateTooLarge, UpdateUnclear, TooYoung, OutsideWindow, Frozen, WaitsForUpdateJob, PolicyUnusable,
        UpdateAvailable, UpToDate, LabelUnusable, ManagedByPlimsoll, SkippedByLabel, NotSelected, ImageGone, LocalBuild, PinnedDigest, PinnedVersion, ComposeProject, ApprovalNeeded,
        ThereBeforeWatching, ImageNotFound, RegistryRefused, RegistryUnreachable,
        RegistryCoolingDown, RegistryAnswerUnusable, StillAsking, InternalError,
        NotAPush, NoTag, NotAnImage, MessageUnusable, Repeated, OutOfScope, WebhookOff, SignatureMissing, SignatureWrong, NotUnderstood,
    ];
}
