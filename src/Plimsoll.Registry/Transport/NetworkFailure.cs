using Plimsoll.Registry.References;

namespace Plimsoll.Registry.Transport;

/// <summary>Turns what the network did into one sentence and the step at which it happened.</summary>
internal static class NetworkFailure
{
    /// <summary>Everything a request may throw except the caller's own cancellation, which must pass through untouched.</summary>
    public static bool Explains(Exception exception, RequestDeadline deadline) => exception switch
    {
        OperationCanceledException => !deadline.Caller.IsCancellationRequested,
        HttpRequestException or IOException => true,
        _ => false,
    };

    public static RegistryException Translate(Exception exception, Uri address, string subject, RequestDeadline deadline)
    {
        var host = Excerpt.Of(address.Authority);
        if (exception is OperationCanceledException)
        {
            // Only the limit for connecting leaves an inner exception; then no byte was exchanged and another scheme may answer.
            return exception.InnerException is TimeoutException
                ? Unreachable(subject, $"{host} did not accept a connection in time.", ConnectionStep.Connect, exception)
                : Unreachable(subject, $"{host} did not answer within {deadline.Limit.TotalSeconds:0.#} s.", ConnectionStep.Connect, exception, schemeInDoubt: false);
        }

        if (FindCertificateRefusal(exception) is { } refusal)
        {
            return new RegistryException(RegistryFailure.Unreachable, subject, Sentence(subject, $"{host} cannot be trusted: {refusal.Message}."), exception)
            {
                Step = ConnectionStep.Tls,
                IsSchemeInDoubt = true,
                IsCertificateRefused = true,
            };
        }

        return (exception as HttpRequestException)?.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError =>
                Unreachable(subject, $"the name {host} cannot be resolved to an address.", ConnectionStep.Dns, exception, schemeInDoubt: false),
            HttpRequestError.ConnectionError =>
                Unreachable(subject, $"no connection to {host}: {Reason(exception)}.", ConnectionStep.Connect, exception),
            HttpRequestError.SecureConnectionError =>
                Unreachable(subject, $"{host} does not speak TLS as expected: {Reason(exception)}.{PlainHint(exception)}", ConnectionStep.Tls, exception),
            HttpRequestError.ProxyTunnelError =>
                Unreachable(subject, $"the proxy did not let the connection to {host} through: {Reason(exception)}.", ConnectionStep.Connect, exception),
            HttpRequestError.ConfigurationLimitExceeded =>
                new RegistryException(RegistryFailure.TooLarge, subject, Sentence(subject, $"{host} sent more headers than are accepted."), exception),
            _ => new RegistryException(RegistryFailure.BadAnswer, subject, Sentence(subject, $"{host} broke off or sent no valid answer: {Reason(exception)}."), exception)
            {
                IsTransient = true,
                IsSchemeInDoubt = true,
            },
        };
    }

    public static string Sentence(string subject, string what) => $"{subject}: {what}";

    private static RegistryException Unreachable(string subject, string what, ConnectionStep step, Exception inner, bool schemeInDoubt = true) =>
        new(RegistryFailure.Unreachable, subject, Sentence(subject, what), inner)
        {
            Step = step,
            IsTransient = true,
            IsSchemeInDoubt = schemeInDoubt,
        };

    private static CertificateRefusedException? FindCertificateRefusal(Exception? exception)
    {
        while (exception is not null and not CertificateRefusedException)
        {
            exception = exception.InnerException;
        }

        return exception as CertificateRefusedException;
    }

    /// <summary>The platform's words for an answer to a TLS greeting that is none: nearly always plain http.</summary>
    private static string PlainHint(Exception exception) =>
        Reason(exception).Contains("frame", StringComparison.OrdinalIgnoreCase)
            ? " It probably speaks plain http: allow that for this registry if it is meant to."
            : "";

    private static string Reason(Exception exception)
    {
        while (exception.InnerException is not null)
        {
            exception = exception.InnerException;
        }

        return Excerpt.Of(exception.Message, 200).TrimEnd('.');
    }
}
