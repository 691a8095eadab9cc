using System.Text.Json;
using System.Text.Json.Serialization;

namespace Plimsoll.Docker;

/// <summary>The content of the header X-Registry-Auth.</summary>
internal sealed record RegistryAuthBody(
    [property: JsonPropertyName("serveraddress")] string ServerAddress,
    [property: JsonPropertyName("username"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Username,
    [property: JsonPropertyName("password"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Password,
    [property: JsonPropertyName("identitytoken"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? IdentityToken)
{
    public override string ToString() => ServerAddress;

    /// <summary>The header's value: base64 with the URL alphabet and with padding, without which older engines do not read it.</summary>
    public static string Encode(RegistryCredential credential)
    {
        var body = new RegistryAuthBody(credential.ServerAddress, credential.Username, credential.Password, credential.IdentityToken);
        var json = JsonSerializer.SerializeToUtf8Bytes(body, WireJson.Default.RegistryAuthBody);
        return Convert.ToBase64String(json).Replace('+', '-').Replace('/', '_');
    }
}
