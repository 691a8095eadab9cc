using System.Diagnostics;
using System.Globalization;
using System.Text;
using ScanLoad;

// bench/scan: see bench/README.md. Arguments: the program, how many rounds are measured, and what looks at the images: stages, containers or both.
const int Images = 200;
const int Stages = 500;
const int Containers = 500;
const int PollingSeconds = 6;
var latency = TimeSpan.FromMilliseconds(20);
var rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 5;
var subject = args.Length > 2 ? args[2] : "stages";
var (hasStages, hasContainers) = (subject is "stages" or "both", subject is "containers" or "both");
var time = TimeProvider.System;
await using var registry = await SlowRegistry.StartAsync(latency, time);

// One after the other, over one kept connection: what the ratio is to.
using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
await HeadAsync(-1);
var began = time.GetTimestamp();
for (var image = 0; image < Images; image++)
{
    await HeadAsync(image);
}

var oneByOne = time.GetElapsedTime(began);
var before = registry.Requests.Count;

var folder = Directory.CreateTempSubdirectory("plimsoll-scan-").FullName;
try
{
    File.WriteAllText(Path.Combine(folder, "seed.yaml"), Seed(registry.Host, hasStages));
    await using var engine = hasContainers ? await RecordedEngine.StartAsync(Path.Combine(folder, "engine.sock"), registry.Host, Containers, Images, time) : null;
    using var plimsoll = Start(args[0], folder);
    try
    {
        // The first round, on code that is not yet compiled and with every decision still to be written, is told but not counted.
        var told = await RoundsAsync(plimsoll, rounds + 1);
        Print(told, PeakMemory(plimsoll.Id));
    }
    finally
    {
        plimsoll.Kill();
        await plimsoll.WaitForExitAsync();
    }
}
finally
{
    Directory.Delete(folder, recursive: true);
}

async Task HeadAsync(int image)
{
    using var request = new HttpRequestMessage(HttpMethod.Head, $"http://{registry.Host}/v2/bench/app-{image}/manifests/v1");
    using var answer = await client.SendAsync(request);
    answer.EnsureSuccessStatusCode();
}

async Task<List<List<SlowRegistry.Request>>> RoundsAsync(Process plimsoll, int count)
{
    while (true)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(250), time);
        if (plimsoll.HasExited)
        {
            throw new InvalidOperationException($"The program ended with code {plimsoll.ExitCode}.");
        }

        var found = Split(registry.Requests.Skip(before));

        // The last one may still be under way.
        if (found.Count > count)
        {
            return found[..count];
        }
    }
}

// A pause of two seconds parts two rounds; they are six seconds apart, give or take a tenth.
List<List<SlowRegistry.Request>> Split(IEnumerable<SlowRegistry.Request> requests)
{
    var found = new List<List<SlowRegistry.Request>>();
    long last = 0;
    foreach (var request in requests.OrderBy(request => request.Came))
    {
        if (found.Count == 0 || time.GetElapsedTime(last, request.Came) > TimeSpan.FromSeconds(2))
        {
            found.Add([]);
        }

        found[^1].Add(request);
        last = Math.Max(last, request.Went);
    }

    return found;
}

TimeSpan Length(List<SlowRegistry.Request> round) => time.GetElapsedTime(round.Min(request => request.Came), round.Max(request => request.Went));

void Print(List<List<SlowRegistry.Request>> told, long peak)
{
    var counted = told.Skip(1).ToList();
    var lengths = counted.Select(Length).Order().ToList();
    var median = lengths[lengths.Count / 2];
    var requests = counted.Average(round => (double)round.Count) / Images;
    var heads = counted.Average(round => (double)round.Count(request => request.Method == "HEAD")) / Images;
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{string.Join(" and ", new[] { hasStages ? $"{Stages} stages" : null, hasContainers ? $"{Containers} containers" : null }.OfType<string>())} on {Images} images, a registry that takes {latency.TotalMilliseconds:0} ms, {counted.Count} rounds"));
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"requests an image      {requests:0.00} (HEAD {heads:0.00})          aim 1.00"));
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"one after the other    {oneByOne.TotalMilliseconds:0} ms"));
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"a round                {median.TotalMilliseconds:0} ms (median; {lengths[0].TotalMilliseconds:0} to {lengths[^1].TotalMilliseconds:0}; the first {Length(told[0]).TotalMilliseconds:0})"));
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ratio                  1/{oneByOne / median:0.0}                      aim 1/10 or less"));
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"peak memory            {peak / 1024} MiB of the whole program"));
}

// Nothing is deployed: the stages do not deploy by themselves.
static string Seed(string host, bool hasStages)
{
    var seed = new StringBuilder($"global:\n  polling_interval: {PollingSeconds}\n{(hasStages ? "projects:\n" : "")}");
    for (var image = 0; hasStages && image < Images; image++)
    {
        seed.Append(CultureInfo.InvariantCulture, $"  app-{image}:\n    image: {host}/bench/app-{image}\n    port: 80\n    stages:\n");
        var stages = (Stages / Images) + (image < Stages % Images ? 1 : 0);
        for (var stage = 0; stage < stages; stage++)
        {
            seed.Append(CultureInfo.InvariantCulture, $"      s{stage}:\n        tag_pattern: v1\n        auto_deploy: false\n");
        }
    }

    return seed.ToString();
}

static Process Start(string program, string folder)
{
    var start = new ProcessStartInfo("dotnet", [program, "serve"]) { RedirectStandardOutput = true, RedirectStandardError = true };
    start.Environment["PLIMSOLL_DATA"] = Path.Combine(folder, "data");
    start.Environment["PLIMSOLL_SEED"] = Path.Combine(folder, "seed.yaml");
    start.Environment["PLIMSOLL_LISTEN"] = "http://127.0.0.1:0";
    start.Environment["PLIMSOLL_PROXY_LISTEN"] = "http://127.0.0.1:0";
    start.Environment["PLIMSOLL_ADMIN_PASSWORD"] = "a password of the bench";
    start.Environment["DOCKER_HOST"] = $"unix://{folder}/engine.sock";
    var process = Process.Start(start)!;
    process.ErrorDataReceived += (_, line) =>
    {
        if (line.Data is { Length: > 0 } text)
        {
            Console.Error.WriteLine(text);
        }
    };
    process.BeginOutputReadLine();
    process.BeginErrorReadLine();
    return process;
}

// Kilobytes, as the kernel counts.
static long PeakMemory(int process) => long.Parse(
    File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
    CultureInfo.InvariantCulture);
