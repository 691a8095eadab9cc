using Plimsoll.Bench.SampleApp;

// An application with every kind of traffic that a deployment must not disturb. Each answer says which version gave it.
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.WebHost.ConfigureKestrel(server =>
{
    server.ListenAnyIP(8080);
    server.Limits.MaxRequestBodySize = null;
});

await using var app = builder.Build();
var answers = new Answers(Environment.GetEnvironmentVariable("APP_VERSION") ?? "unknown", app.Lifetime.ApplicationStopping, TimeProvider.System);
app.UseWebSockets();
app.MapGet("/", answers.VersionAsync);
app.MapGet("/health", answers.VersionAsync);
app.MapGet("/slow", answers.SlowAsync);
app.MapPost("/upload", answers.UploadAsync);
app.MapGet("/events", answers.EventsAsync);
app.MapGet("/ws", answers.EchoAsync);
await app.RunAsync();
