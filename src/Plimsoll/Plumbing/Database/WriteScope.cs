using Dapper;
using Microsoft.Data.Sqlite;

namespace Plimsoll.Plumbing.Database;

/// <summary>One open write transaction. Stores take it as a parameter, so that several of them can change together or not at all.</summary>
internal sealed class WriteScope(SqliteConnection connection, IChangeRecorder? recorder)
{
    private readonly List<Action> _afterCommit = [];

    /// <summary>For reads that must see what this transaction has written.</summary>
    public SqliteConnection Connection => connection;

    public int Execute(string sql, object? parameters = null) => connection.Execute(sql, parameters);

    public IReadOnlyList<T> Query<T>(string sql, object? parameters = null) =>
        connection.Query<T>(sql, parameters).AsList();

    public T? QueryFirstOrDefault<T>(string sql, object? parameters = null) =>
        connection.QueryFirstOrDefault<T>(sql, parameters);

    public T QuerySingle<T>(string sql, object? parameters = null) => connection.QuerySingle<T>(sql, parameters);

    /// <summary>Puts a change on the audit trail, in this transaction: what was changed and the trail of it are stored together or not at all.</summary>
    public void Record(Change change) => recorder?.Record(this, change);

    /// <summary>Signals belong here: nobody must be told of a change that may still be rolled back.</summary>
    public void AfterCommit(Action signal) => _afterCommit.Add(signal);

    internal void RunAfterCommit()
    {
        foreach (var signal in _afterCommit)
        {
            signal();
        }
    }
}
