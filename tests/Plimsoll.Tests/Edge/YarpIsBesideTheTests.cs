using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace Plimsoll.Tests.Edge;

/// <summary>
/// The program references YARP's file, not its package, so the build copies it beside the tests without listing it in their .deps.json,
/// and the runtime does not look at what is not listed.
/// </summary>
internal static class YarpIsBesideTheTests
{
    [ModuleInitializer]
    internal static void Resolve() => AssemblyLoadContext.Default.Resolving += static (context, name) =>
        name.Name == "Yarp.ReverseProxy" ? Load(context) : null;

    private static Assembly Load(AssemblyLoadContext context) => context.LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, "Yarp.ReverseProxy.dll"));
}
