using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Plimsoll.Apps.Credentials;

/// <summary>
/// Signs a request as Amazon's services want it ("Signature Version 4"). Pure; tested with the examples that Amazon published.
/// </summary>
/// <param name="KeyId">The access key's ID, which is no secret.</param>
internal sealed record AwsSignature(string KeyId, string SecretKey, string Region, string Service)
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>The value of the Authorization header.</summary>
    /// <param name="query">Encoded and in the order of its names, without '?'.</param>
    /// <param name="headers">All that are signed, <c>host</c> and <c>x-amz-date</c> among them, with names in lower case.</param>
    public string Authorize(string method, string path, string query, IReadOnlyDictionary<string, string> headers, ReadOnlySpan<byte> body, DateTimeOffset at)
    {
        var names = headers.Keys.Order(StringComparer.Ordinal).ToList();
        var signed = string.Join(';', names);
        var canonical = string.Join(
            '\n', method, path, query, string.Concat(names.Select(name => $"{name}:{headers[name].Trim()}\n")), signed, Hex(SHA256.HashData(body)));
        var day = at.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        var scope = $"{day}/{Region}/{Service}/aws4_request";
        var toSign = string.Join('\n', Algorithm, Moment(at), scope, Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical))));
        var key = new[] { day, Region, Service, "aws4_request" }
            .Aggregate(Encoding.UTF8.GetBytes("AWS4" + SecretKey), (key, part) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part)));
        var signature = Hex(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(toSign)));
        return $"{Algorithm} Credential={KeyId}/{scope}, SignedHeaders={signed}, Signature={signature}";
    }

    /// <summary>The value of the x-amz-date header.</summary>
    public static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Records print their properties; this one holds a secret.</summary>
    public override string ToString() => $"access key {KeyId} for {Service} in {Region}";

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
