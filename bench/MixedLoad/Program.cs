using Plimsoll.Bench;

// Keeps an application busy through Plimsoll's proxy while it is deployed again and again. Exit code 0: nothing was lost.
if (Arguments.Parse(args) is not { } arguments)
{
    Console.Error.WriteLine("usage: PLIMSOLL_BENCH_WEBHOOK=ADDRESS mixed-load DEPLOYMENTS PROXY HOST IMAGE LIVE_IMAGE");
    return 2;
}

var time = TimeProvider.System;
var began = time.GetTimestamp();
using var webhook = new Webhook(arguments.Webhook);
await using var load = MixedLoad.Start(arguments.Target, Arguments.TagOf(arguments.LiveImage), Mix.Usual, time);
var series = new DeploymentSeries(arguments, load, webhook, time);
string? trouble = null;
try
{
    await series.RunAsync(TellEveryTenth, CancellationToken.None);
}
catch (Exception exception) when (exception is InvalidOperationException or HttpRequestException or OperationCanceledException)
{
    trouble = exception.Message;
}

var result = await load.StopAsync();
Report.Write(result, series, load.Switches, time.GetElapsedTime(began), Console.Out);
if (trouble is not null)
{
    Console.Error.WriteLine(trouble);
}

return result.Failed == 0 && trouble is null ? 0 : 1;

void TellEveryTenth(int number)
{
    if (number % 10 == 0)
    {
        Console.WriteLine($"  {number} deployments, {load.Result().Failed} failed requests");
    }
}
