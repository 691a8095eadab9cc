using System.Data;
using System.Globalization;
using Dapper;
using Plimsoll.Registry;

namespace Plimsoll.Plumbing.Database;

/// <summary>What Dapper and the SQLite bundle need to be told once per process.</summary>
internal static class SqliteSetup
{
    private static readonly Lazy<bool> Done = new(() =>
    {
        SQLitePCL.Batteries_V2.Init();
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset));
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset?));
        SqlMapper.AddTypeHandler(new UnixMilliseconds());
        SqlMapper.AddTypeHandler(new DigestText());
        return true;
    });

    public static void Once() => _ = Done.Value;

    private sealed class UnixMilliseconds : SqlMapper.TypeHandler<DateTimeOffset>
    {
        public override void SetValue(IDbDataParameter parameter, DateTimeOffset value)
        {
            parameter.DbType = DbType.Int64;
            parameter.Value = value.ToUnixTimeMilliseconds();
        }

        public override DateTimeOffset Parse(object value) =>
            DateTimeOffset.FromUnixTimeMilliseconds(Convert.ToInt64(value, CultureInfo.InvariantCulture));
    }

    private sealed class DigestText : SqlMapper.TypeHandler<Digest>
    {
        public override void SetValue(IDbDataParameter parameter, Digest value)
        {
            parameter.DbType = DbType.String;
            parameter.Value = value.ToString();
        }

        public override Digest Parse(object value) =>
            Digest.TryParse((string)value, out var digest)
                ? digest
                : throw new FormatException($"The store holds '{value}' where a digest is expected.");
    }
}
