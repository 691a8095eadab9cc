using System.Globalization;
using Microsoft.Data.Sqlite;
using Plimsoll.Docker;
using Plimsoll.EngineTests.Docker;
using Plimsoll.EngineTests.Support;

namespace Plimsoll.BrowserTests.Support;

/// <summary>
/// 200 projects with five stages each, and a container for every stage, made by the engine. Every tenth runs; the others were
/// stopped by hand. Their history is written into the store while the program is off: deploying them all would take hours.
/// </summary>
internal static class LargeFleet
{
    public const int Projects = 200;
    public const int Instances = 1000;
    private const int EachRuns = 10;
    private const int AtOnce = 4;
    private static readonly string[] Stages = ["dev", "test", "demo", "rel", "prod"];

    public static async Task LoadAsync(PlimsollProcess plimsoll, TestImage image, CancellationToken cancellationToken)
    {
        foreach (var project in Enumerable.Range(1, Projects).Select(Name))
        {
            await plimsoll.Api.PostDataAsync(
                "projects",
                new { name = project, image = image.Repository, port = 8080, stages = Stages.Select(stage => new { name = stage, tagPattern = "never-*", autoDeploy = false }) },
                cancellationToken);
        }

        var network = (string)(await plimsoll.Api.GetDataAsync("settings", cancellationToken))!["network"]!;
        await plimsoll.StopAsync(cancellationToken);
        await using var store = new SqliteConnection($"Data Source={Path.Combine(plimsoll.DataFolder, "plimsoll.db")};Pooling=False");
        store.Open();
        var installation = MadeContainers.InstallationOf(plimsoll.DataFolder)!;
        var stages = ReadStages(store);
        await using var engine = TestEngine.Connect();
        await engine.Networks.EnsureAsync(network, new Dictionary<string, string>(), cancellationToken);
        await Parallel.ForEachAsync(stages, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, (stage, token) => MakeAsync(engine, stage, image, network, installation, token));
        Record(store, stages, image);
        await plimsoll.StartAsync(cancellationToken);
    }

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"app-{number:000}");

    private static async ValueTask MakeAsync(DockerEngine engine, StageRow stage, TestImage image, string network, string installation, CancellationToken cancellationToken)
    {
        var id = await engine.Containers.CreateAsync(
            new ContainerSpecification
            {
                Name = stage.Container,
                Image = image.LocalTag,
                Network = network,
                Labels = new Dictionary<string, string>
                {
                    ["plimsoll.installation"] = installation,
                    ["plimsoll.project"] = stage.Project,
                    ["plimsoll.stage"] = stage.Name,
                    ["plimsoll.instance"] = stage.Instance,
                    ["plimsoll.deployment"] = stage.Instance,
                },
            },
            cancellationToken);
        if (stage.Runs)
        {
            await engine.Containers.StartAsync(id, cancellationToken);
        }
    }

    private static List<StageRow> ReadStages(SqliteConnection store)
    {
        using var command = store.CreateCommand();
        command.CommandText = "SELECT s.id, s.name, p.name FROM stages s JOIN projects p ON p.id = s.project_id ORDER BY s.id";
        using var reader = command.ExecuteReader();
        var rows = new List<StageRow>();
        while (reader.Read())
        {
            rows.Add(new StageRow(reader.GetInt64(0), reader.GetString(1), reader.GetString(2), rows.Count % EachRuns == 0));
        }

        return rows;
    }

    private static void Record(SqliteConnection store, IReadOnlyList<StageRow> stages, TestImage image)
    {
        using var transaction = store.BeginTransaction();
        var at = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var stage in stages)
        {
            foreach (var earlier in new[] { "old", "" })
            {
                Run(
                    store,
                    """
                    INSERT INTO deployments (id, stage_id, repository, tag, digest, trigger, requested_by, state, reason_code, reason, queued_at, started_at, finished_at)
                    VALUES (@id, @stage, @repository, 'v1', @digest, 'webhook', 'webhook', 'succeeded', 'live', 'It is live.', @at, @at, @at + 2000)
                    """,
                    ("@id", stage.Instance + earlier), ("@stage", stage.Id), ("@repository", image.Repository), ("@digest", image.Digest), ("@at", at));
            }

            Run(
                store,
                """
                INSERT INTO instances (id, stage_id, container_name, repository, tag, digest, port, standing, created_at, sequence, wish)
                VALUES (@id, @stage, @container, @repository, 'v1', @digest, 8080, 'live', @at, (SELECT sequence FROM deployments WHERE id = @id), @wish)
                """,
                ("@id", stage.Instance), ("@stage", stage.Id), ("@container", stage.Container), ("@repository", image.Repository), ("@digest", image.Digest), ("@at", at), ("@wish", stage.Runs ? DBNull.Value : "stopped"));
            Run(
                store,
                "INSERT INTO routes (host, stage_id, instance_id, port, kind, switched_at) VALUES (@host, @stage, @id, 8080, 'stage', @at)",
                ("@host", $"stage-{stage.Name}-{stage.Project}.localhost"), ("@stage", stage.Id), ("@id", stage.Instance), ("@at", at));
        }

        transaction.Commit();
    }

    private static object? Run(SqliteConnection store, string text, params (string Name, object Value)[] values)
    {
        using var command = store.CreateCommand();
        command.CommandText = text;
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command.ExecuteScalar();
    }

    private sealed record StageRow(long Id, string Name, string Project, bool Runs)
    {
        public string Instance => string.Create(CultureInfo.InvariantCulture, $"bench{Id:00000}");

        public string Container => $"{Project}-{Name}-v1-{Instance}";
    }
}
