import { DashboardApp } from '../../components/dashboard/DashboardApp.tsx';
import { mount } from '../../components/shared/mount.tsx';
import '../../components/styles/start.css';
import '../../components/styles/dashboard.css';
import '../../components/styles/workspace.css';
import '../../components/styles/table.css';
import '../../components/styles/toolbar.css';
import '../../components/styles/palettes.css';

mount(<DashboardApp />);
