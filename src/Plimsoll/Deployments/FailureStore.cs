using Dapper;
using Plimsoll.Plumbing.Database;

namespace Plimsoll.Deployments;

/// <summary>What was left to see of candidates that were given up, for as long as their deployments are kept.</summary>
internal sealed class FailureStore(Store store)
{
    private const char LineBreak = '\n';

    /// <summary>Written in the transaction that gives the candidate up. A second time changes nothing: the first look was the closest.</summary>
    public static void Add(WriteScope scope, string deploymentId, CandidateFailure failure) => scope.Execute(
        """
        INSERT INTO deployment_failures (deployment_id, exit_code, out_of_memory, last_probe, what_to_do, log)
        VALUES (@deploymentId, @ExitCode, @OutOfMemory, @LastProbe, @WhatToDo, @log)
        ON CONFLICT (deployment_id) DO NOTHING
        """,
        new { deploymentId, failure.ExitCode, failure.OutOfMemory, failure.LastProbe, failure.WhatToDo, log = string.Join(LineBreak, failure.Log) });

    public CandidateFailure? Find(string deploymentId) => store.Read(connection =>
        connection.QueryFirstOrDefault<Row>("SELECT * FROM deployment_failures WHERE deployment_id = @deploymentId", new { deploymentId })?.ToFailure());

    private sealed class Row
    {
        public int? ExitCode { get; init; }
        public bool OutOfMemory { get; init; }
        public string? LastProbe { get; init; }
        public string? WhatToDo { get; init; }
        public string Log { get; init; } = "";

        public CandidateFailure ToFailure() => new(ExitCode, OutOfMemory, LastProbe, Log.Length == 0 ? [] : Log.Split(LineBreak)) { WhatToDo = WhatToDo };
    }
}
