using System.Data;
using System.Text.Json;
using Dapper;

namespace Plimsoll.Apps.Policies;

/// <summary>A policy as the store keeps it: JSON, and nothing at all for the defaults.</summary>
internal static class PolicyText
{
    public static string? Write(Policy policy) => policy.IsDefault ? null : JsonSerializer.Serialize(policy, AppsJson.Default.Policy);

    public static Policy Read(string? text) => text is null ? Policy.Default : JsonSerializer.Deserialize(text, AppsJson.Default.Policy) ?? Policy.Default;

    public static string Name(UpdateKind kind) => kind switch
    {
        UpdateKind.Digest => "digest",
        UpdateKind.Patch => "patch",
        UpdateKind.Minor => "minor",
        _ => "major",
    };

    /// <summary>Lets Dapper read and write the column.</summary>
    public sealed class Handler : SqlMapper.TypeHandler<Policy>
    {
        public override void SetValue(IDbDataParameter parameter, Policy? value) =>
            (parameter.DbType, parameter.Value) = (DbType.String, (object?)Write(value ?? Policy.Default) ?? DBNull.Value);

        public override Policy Parse(object value) => Read((string)value);
    }
}
